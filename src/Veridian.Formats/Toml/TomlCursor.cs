using Veridian.Core.Errors;

namespace Veridian.Formats.Toml;

/// <summary>A place in a text that moves forward: blanks, comments and line ends.</summary>
internal sealed class TomlCursor(TomlSource source)
{
    private readonly byte[] _text = source.Text;

    public TomlSource Source { get; } = source;

    public int At { get; set; } = source.Start;

    /// <summary>The byte here; NUL at the end, and nowhere else in a valid text.</summary>
    public byte Here => _text[At];

    public bool AtEnd => At == Source.End;

    /// <summary>The byte some places ahead; NUL beyond the end.</summary>
    public byte Ahead(int distance) => At + distance < _text.Length ? _text[At + distance] : (byte)0;

    public ReadOnlySpan<byte> From(int start) => _text.AsSpan(start, At - start);

    public InvalidInputException Error(string message, string hint) => Source.Error(At, message, hint);

    /// <summary>How the byte here is named in messages.</summary>
    public string Describe()
    {
        if (AtEnd)
        {
            return "the end of the file";
        }

        if (Here is (byte)'\n' or (byte)'\r')
        {
            return "the end of the line";
        }

        _ = System.Text.Rune.DecodeFromUtf8(_text.AsSpan(At, Source.End - At), out var rune, out _);
        return IsControl(Here) || System.Text.Rune.IsControl(rune) ? $"U+{rune.Value:X4}" : $"'{rune}'";
    }

    /// <summary>
    /// Reads up to a quote where nothing needs a second look: most strings, found by vectorised searches that are fast before any warm-up.
    /// </summary>
    /// <returns>Null, and nothing moved, where the slow way must decide.</returns>
    public string? TryReadPlain(byte quote)
    {
        var rest = _text.AsSpan(At, Source.End - At);
        var length = rest.IndexOfAny(quote, (byte)'\\', (byte)'\n');
        if (length < 0 || rest[length] != quote || rest[..length].ContainsAnyInRange((byte)0, (byte)0x1F) || rest[..length].Contains((byte)0x7F))
        {
            return null;
        }

        At += length + 1;
        return Source.Decode(At - length - 1, At - 1);
    }

    public void SkipBlanks()
    {
        while (_text[At] is (byte)' ' or (byte)'\t')
        {
            At++;
        }
    }

    /// <summary>Skips LF or CRLF.</summary>
    public bool TrySkipNewline()
    {
        if (Here == '\n')
        {
            At++;
            return true;
        }

        if (Here == '\r' && _text[At + 1] == '\n')
        {
            At += 2;
            return true;
        }

        return false;
    }

    public void SkipComment()
    {
        if (Here != '#')
        {
            return;
        }

        while (!AtEnd && Here != '\n' && !(Here == '\r' && _text[At + 1] == '\n'))
        {
            if (IsControl(Here))
            {
                throw Error($"A comment must not hold {Describe()}.", "Remove the control character.");
            }

            At++;
        }
    }

    /// <summary>Skips blanks, comments and line ends, as arrays allow them between elements.</summary>
    public void SkipBlankLines()
    {
        do
        {
            SkipBlanks();
            SkipComment();
        }
        while (TrySkipNewline());
    }

    /// <summary>Goes behind the line, which holds nothing more than a comment.</summary>
    public void EndLine(string after)
    {
        SkipBlanks();
        SkipComment();
        if (!AtEnd && !TrySkipNewline())
        {
            throw Error($"Expected the end of the line after {after}, found {Describe()}.", "Begin a new line here.");
        }
    }

    public static bool IsControl(byte b) => b is < 0x20 and not (byte)'\t' or 0x7F;
}
