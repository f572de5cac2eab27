namespace Veridian.Trust.OpenPgp;

internal enum ClearSignedOutcome
{
    Sound,
    Missing,
    TextAround,
    Broken,
    TooLong,
}

/// <summary>Walks the lines of a message through the states before, headers, text, signature, after (T-3).</summary>
internal ref struct ClearSignedReader(ReadOnlySpan<byte> content)
{
    private readonly ReadOnlySpan<byte> _content = content;
    private State _state;
    private MemoryStream? _text;

    private enum State
    {
        Before,
        Headers,
        Text,
        SignatureHeaders,
        After,
    }

    /// <summary>The line the reader stopped at, from 1.</summary>
    public int Line { get; private set; }

    /// <summary>The text without dash-escapes; every line ends in one line feed.</summary>
    public readonly ReadOnlyMemory<byte> Text => _text?.ToArray() ?? [];

    public ClearSignedOutcome Read()
    {
        _text = new MemoryStream(_content.Length);
        foreach (var range in _content.Split((byte)'\n'))
        {
            Line++;
            if (Step(_content[range].TrimEnd((byte)'\r')) is { } stopped)
            {
                return stopped;
            }
        }

        return _state switch
        {
            State.After => ClearSignedOutcome.Sound,
            State.Before => ClearSignedOutcome.Missing,
            _ => ClearSignedOutcome.Broken,
        };
    }

    private ClearSignedOutcome? Step(ReadOnlySpan<byte> line) => _state switch
    {
        State.Before => Before(line),
        State.Headers => Headers(line),
        State.Text => InText(line),
        State.SignatureHeaders => InSignature(line),
        _ => IsBlank(line) ? null : ClearSignedOutcome.TextAround,
    };

    private ClearSignedOutcome? Before(ReadOnlySpan<byte> line)
    {
        if (IsMark(line, "-----BEGIN PGP SIGNED MESSAGE-----"u8))
        {
            _state = State.Headers;
            return null;
        }

        if (IsBlank(line))
        {
            return null;
        }

        return _content.IndexOf("-----BEGIN PGP SIGNED MESSAGE-----"u8) >= 0 ? ClearSignedOutcome.TextAround : ClearSignedOutcome.Missing;
    }

    private ClearSignedOutcome? Headers(ReadOnlySpan<byte> line)
    {
        if (line.IsEmpty)
        {
            _state = State.Text;
            return null;
        }

        // RFC 9580 7.2: only Hash stands here. Any other line would be text that nobody signed.
        return line.StartsWith("Hash: "u8) ? null : ClearSignedOutcome.Broken;
    }

    private ClearSignedOutcome? InText(ReadOnlySpan<byte> line)
    {
        if (IsMark(line, "-----BEGIN PGP SIGNATURE-----"u8))
        {
            _state = State.SignatureHeaders;
            return null;
        }

        if (line.StartsWith("- "u8))
        {
            line = line[2..];
        }
        else if (line.StartsWith("-"u8))
        {
            return ClearSignedOutcome.Broken;
        }

        _text!.Write(line);
        _text.WriteByte((byte)'\n');
        return null;
    }

    private ClearSignedOutcome? InSignature(ReadOnlySpan<byte> line)
    {
        if (IsMark(line, "-----END PGP SIGNATURE-----"u8))
        {
            _state = State.After;
            return null;
        }

        return line.StartsWith("-"u8) ? ClearSignedOutcome.Broken : null;
    }

    private static bool IsMark(ReadOnlySpan<byte> line, ReadOnlySpan<byte> mark) => line.TrimEnd(" \t"u8).SequenceEqual(mark);

    private static bool IsBlank(ReadOnlySpan<byte> line) => line.Trim(" \t"u8).IsEmpty;
}
