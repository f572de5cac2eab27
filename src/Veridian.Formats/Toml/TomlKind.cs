namespace Veridian.Formats.Toml;

/// <summary>The ten kinds of TOML 1.0 values.</summary>
public enum TomlKind
{
    /// <summary>Text.</summary>
    String,

    /// <summary>A signed 64-bit integer.</summary>
    Integer,

    /// <summary>An IEEE 754 binary64 number.</summary>
    Float,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Boolean,

    /// <summary>Date, time and offset from UTC.</summary>
    OffsetDateTime,

    /// <summary>Date and time without offset.</summary>
    LocalDateTime,

    /// <summary>A date alone.</summary>
    LocalDate,

    /// <summary>A time alone.</summary>
    LocalTime,

    /// <summary>A list of values of any kinds.</summary>
    Array,

    /// <summary>Keys and values.</summary>
    Table,
}
