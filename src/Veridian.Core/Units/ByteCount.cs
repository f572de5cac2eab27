namespace Veridian.Core.Units;

/// <summary>Bytes on disk or on the wire. Units live in the type, not in a parameter's name.</summary>
/// <param name="Bytes">The number of bytes.</param>
public readonly record struct ByteCount(long Bytes) : IComparable<ByteCount>
{
    /// <summary>For people: decimal units with one digit below 10, such as "1.5 MB" or "27 MB".</summary>
    public override string ToString()
    {
        string[] units = ["B", "kB", "MB", "GB", "TB", "PB"];
        var (value, unit) = ((double)Math.Abs(Bytes), 0);
        while (value >= 999.5 && unit < units.Length - 1)
        {
            (value, unit) = (value / 1000, unit + 1);
        }

        var number = unit > 0 && value < 9.95
            ? value.ToString("0.0", System.Globalization.CultureInfo.InvariantCulture)
            : value.ToString("0", System.Globalization.CultureInfo.InvariantCulture);
        return $"{(Bytes < 0 ? "-" : "")}{number} {units[unit]}";
    }

    /// <inheritdoc/>
    public int CompareTo(ByteCount other) => Bytes.CompareTo(other.Bytes);

    /// <summary>Sum.</summary>
    public static ByteCount operator +(ByteCount left, ByteCount right) => new(left.Bytes + right.Bytes);

    /// <summary>Difference; may be negative.</summary>
    public static ByteCount operator -(ByteCount left, ByteCount right) => new(left.Bytes - right.Bytes);
}
