namespace Veridian.Debian.Control;

/// <summary>A run of fields between empty lines.</summary>
/// <param name="offset">Where it starts, in bytes of the text it was cut from.</param>
/// <param name="bytes">The bytes, without the empty line after it.</param>
public readonly ref struct Deb822Stanza(int offset, ReadOnlySpan<byte> bytes)
{
    /// <summary>Where it starts, in bytes of the text it was cut from.</summary>
    public int Offset { get; } = offset;

    /// <summary>The bytes from its first field to the newline of its last one.</summary>
    public ReadOnlySpan<byte> Bytes { get; } = bytes;

    /// <summary>Its fields in order.</summary>
    public Deb822Fields Fields => new(Bytes);
}

/// <summary>Cuts a text in Debian's control syntax into stanzas, without copying.</summary>
/// <remarks>Source: <c>spec/debian-bridge.md</c> DB-11.</remarks>
/// <param name="text">The whole text.</param>
public ref struct Deb822Reader(ReadOnlySpan<byte> text)
{
    private readonly ReadOnlySpan<byte> _text = text;
    private int _at;

    /// <summary>The stanza after the last one.</summary>
    /// <returns>False at the end.</returns>
    public bool Next(out Deb822Stanza stanza)
    {
        var rest = _text[_at..];
        var blank = rest.IndexOfAnyExcept((byte)'\n');
        if (blank < 0)
        {
            stanza = default;
            return false;
        }

        var start = _at + blank;
        rest = rest[blank..];
        var length = rest.IndexOf("\n\n"u8) is var end and >= 0 ? end + 1 : rest.Length;
        stanza = new Deb822Stanza(start, rest[..length]);
        _at = start + length;
        return true;
    }
}
