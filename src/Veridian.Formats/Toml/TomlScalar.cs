namespace Veridian.Formats.Toml;

/// <summary>Text, escapes resolved.</summary>
public sealed class TomlString : TomlValue
{
    internal TomlString(TomlSource source, int offset, string value)
        : base(source, offset) => Value = value;

    /// <inheritdoc/>
    public override TomlKind Kind => TomlKind.String;

    /// <summary>Well-formed UTF-16; may hold any scalar value, NUL among them.</summary>
    public string Value { get; }
}

/// <summary>An integer; a larger one than 64 bits hold is refused when read.</summary>
public sealed class TomlInteger : TomlValue
{
    internal TomlInteger(TomlSource source, int offset, long value)
        : base(source, offset) => Value = value;

    /// <inheritdoc/>
    public override TomlKind Kind => TomlKind.Integer;

    /// <summary>The number.</summary>
    public long Value { get; }
}

/// <summary>A floating-point number.</summary>
public sealed class TomlFloat : TomlValue
{
    internal TomlFloat(TomlSource source, int offset, double value)
        : base(source, offset) => Value = value;

    /// <inheritdoc/>
    public override TomlKind Kind => TomlKind.Float;

    /// <summary>The number; infinities and NaN occur.</summary>
    public double Value { get; }
}

/// <summary><c>true</c> or <c>false</c>.</summary>
public sealed class TomlBoolean : TomlValue
{
    internal TomlBoolean(TomlSource source, int offset, bool value)
        : base(source, offset) => Value = value;

    /// <inheritdoc/>
    public override TomlKind Kind => TomlKind.Boolean;

    /// <summary>The truth value.</summary>
    public bool Value { get; }
}
