using System.Text;
using Veridian.Core.Errors;
using Veridian.Core.Hashing;
using Veridian.Core.Paths;
using Veridian.Core.Text;

namespace Veridian.Store.Text;

/// <summary>Reads what <see cref="RecordWriter"/> writes, and nothing else: keys in the written order, no second spelling.</summary>
/// <remarks>Source: <c>store-format/README.md</c> F-1 to F-4.</remarks>
internal sealed class RecordReader
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private readonly byte[] _bytes;
    private readonly string _place;
    private int _at;
    private int _line;

    /// <param name="bytes">The whole file.</param>
    /// <param name="place">The file's path, for messages.</param>
    /// <param name="format">The first line.</param>
    public RecordReader(byte[] bytes, string place, string format)
    {
        (_bytes, _place) = (bytes, place);
        var first = NextLine();
        if (first != format)
        {
            throw new StoreDamagedException(ErrorCodes.StoreFormatUnknown,
                $"'{place}' begins with '{FieldText.Escape(first.Length > 60 ? first[..60] : first)}', not with '{format}'.",
                "Use the version of vpkg that wrote it, or run 'vpkg verify --repair' to mend it.");
        }
    }

    /// <summary>Whether all has been read.</summary>
    public bool AtEnd => _at == _bytes.Length;

    /// <summary>Bytes read so far.</summary>
    public int Position => _at;

    /// <summary>The value of the next line, whose key must be this one.</summary>
    public string Text(string key) => TryText(key) ?? throw Damaged($"'{key}' is missing");

    /// <summary>The value of the next line if its key is this one; else null, and the line stays.</summary>
    public string? TryText(string key)
    {
        var (at, line) = (_at, _line);
        if (AtEnd)
        {
            return null;
        }

        var text = NextLine();
        if (text.Length > key.Length && text[key.Length] == ' ' && text.StartsWith(key, StringComparison.Ordinal))
        {
            return FieldText.Unescape(text[(key.Length + 1)..]) ?? throw Damaged("a value is not escaped as it should be");
        }

        (_at, _line) = (at, line);
        return null;
    }

    /// <summary>The next line must be this one.</summary>
    public void Expect(string line)
    {
        if (AtEnd || NextLine() != line)
        {
            throw Damaged($"'{line}' is missing");
        }
    }

    public long Number(string key) => ParseNumber(Text(key));

    public Blake3Digest Digest(string key) => ParseDigest(Text(key));

    public StorePath ParseStorePath(string text) =>
        StorePath.TryParse(text, out var path) ? path : throw Damaged("a store path cannot be read");

    public long ParseNumber(string text) => ParseNumber(Encoding.UTF8.GetBytes(text));

    public long ParseNumber(ReadOnlySpan<byte> text) =>
        PlainNumber.TryRead(text, out long number) && (text.Length == 1 || text[0] != '0')
            ? number
            : throw Damaged("a number cannot be read");

    public Blake3Digest ParseDigest(string text) => ParseDigest(Encoding.UTF8.GetBytes(text));

    public Blake3Digest ParseDigest(ReadOnlySpan<byte> text) =>
        Blake3Digest.TryParseExact(text, out var digest) ? digest : throw Damaged("a digest cannot be read");

    /// <summary>The error that says where this file cannot be read.</summary>
    public StoreDamagedException Damaged(string what) => Damaged(_place, $"{what} (line {_line})");

    /// <summary>The error that says why a file cannot be used.</summary>
    public static StoreDamagedException Damaged(string place, string what) =>
        new(ErrorCodes.StoreDamaged, $"'{place}' is damaged: {what}.", "Run 'vpkg verify --repair' to mend it; 'vpkg verify --store' shows all that differs.");

    /// <summary>The next line without its end, as it stands there.</summary>
    public ReadOnlySpan<byte> Line()
    {
        _line++;
        var rest = _bytes.AsSpan(_at);
        var length = rest.IndexOf((byte)'\n');
        if (length < 0)
        {
            throw Damaged("it ends in the middle of a line");
        }

        _at += length + 1;
        return rest[..length];
    }

    /// <summary>A field of a line, unescaped.</summary>
    public string Unescape(ReadOnlySpan<byte> field) =>
        FieldText.Unescape(Decode(field)) ?? throw Damaged("a field is not escaped as it should be");

    private string NextLine() => Decode(Line());

    private string Decode(ReadOnlySpan<byte> text)
    {
        try
        {
            return StrictUtf8.GetString(text);
        }
        catch (DecoderFallbackException)
        {
            throw Damaged("a line is not UTF-8");
        }
    }
}
