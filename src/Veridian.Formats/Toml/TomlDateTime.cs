namespace Veridian.Formats.Toml;

/// <summary>A date, a time or both, with or without an offset: four of TOML's kinds.</summary>
public sealed class TomlDateTime : TomlValue
{
    internal TomlDateTime(TomlSource source, int offset, DateOnly? date, TimeOnly? time, int? offsetMinutes)
        : base(source, offset) => (Date, Time, OffsetMinutes) = (date, time, offsetMinutes);

    /// <inheritdoc/>
    public override TomlKind Kind => (Date, Time, OffsetMinutes) switch
    {
        (_, _, not null) => TomlKind.OffsetDateTime,
        (not null, not null, _) => TomlKind.LocalDateTime,
        (not null, null, _) => TomlKind.LocalDate,
        _ => TomlKind.LocalTime,
    };

    /// <summary>The date; null for a local time.</summary>
    public DateOnly? Date { get; }

    /// <summary>The time, cut after 100 ns; null for a local date.</summary>
    public TimeOnly? Time { get; }

    /// <summary>Minutes east of UTC, within one day; null without offset.</summary>
    public int? OffsetMinutes { get; }
}
