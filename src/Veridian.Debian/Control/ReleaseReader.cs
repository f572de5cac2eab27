using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Veridian.Core.Errors;
using Veridian.Core.Hashing;
using Veridian.Core.Paths;

namespace Veridian.Debian.Control;

/// <summary>Reads the text of a Release file whose signature has been verified already.</summary>
/// <remarks>Source: <c>spec/debian-bridge.md</c> DB-14.</remarks>
public static class ReleaseReader
{
    private const int MaxBytes = 16 << 20;
    private const int MaxFiles = 100_000;

    private static readonly string[] DateFormats = ["ddd, d MMM yyyy HH:mm:ss 'UTC'", "ddd, d MMM yyyy HH:mm:ss 'GMT'", "ddd, d MMM yyyy HH:mm:ss zzz"];

    /// <summary>Reads the text inside the signature, at most 16 MiB.</summary>
    /// <param name="text">The signed text.</param>
    /// <param name="place">What to call it in messages.</param>
    /// <exception cref="UntrustedException">The text is malformed or above a limit.</exception>
    public static Release Read(ReadOnlySpan<byte> text, string place)
    {
        if (text.Length > MaxBytes)
        {
            throw MetadataRefusal.Of($"{place} is longer than 16 MiB.");
        }

        var files = new Dictionary<string, ReleaseFile>(StringComparer.Ordinal);
        var fields = ReadFields(text, files, place);
        string Text(string name) => fields.GetValueOrDefault(name, "");
        return new Release
        {
            Suite = Text("Suite"),
            Codename = Text("Codename"),
            Origin = Text("Origin"),
            Date = Date(Text("Date")) ?? throw MetadataRefusal.Of($"{place} has no readable Date."),
            ValidUntil = fields.TryGetValue("Valid-Until", out var until)
                ? Date(until) ?? throw MetadataRefusal.Of($"{place} has an unreadable Valid-Until.")
                : null,
            Components = Words(Text("Components")),
            Architectures = Words(Text("Architectures")),
            AcquireByHash = Text("Acquire-By-Hash") == "yes",
            Files = files.Count > 0 ? files : throw MetadataRefusal.Of($"{place} lists no file with a SHA-256 digest."),
        };
    }

    private static Dictionary<string, string> ReadFields(ReadOnlySpan<byte> text, Dictionary<string, ReleaseFile> files, string place)
    {
        var read = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var reader = new Deb822Reader(text);
        if (!reader.Next(out var stanza) || reader.Next(out _))
        {
            throw MetadataRefusal.Of($"{place} is not exactly one stanza.");
        }

        var fields = stanza.Fields;
        while (fields.Next())
        {
            var isFiles = fields.Is("SHA256"u8);
            if (!read.TryAdd(Encoding.ASCII.GetString(fields.Name), isFiles || fields.Value.Length > 4096 ? "" : Encoding.UTF8.GetString(fields.Value)))
            {
                throw MetadataRefusal.Of($"{place} has the field '{Encoding.ASCII.GetString(fields.Name)}' twice.");
            }

            if (isFiles)
            {
                ReadFiles(fields.Value, files, place);
            }
        }

        return fields.IsMalformed ? throw MetadataRefusal.Of($"{place} has a malformed line.") : read;
    }

    private static void ReadFiles(ReadOnlySpan<byte> value, Dictionary<string, ReleaseFile> files, string place)
    {
        foreach (var range in value.Split((byte)'\n'))
        {
            var line = value[range].Trim(" \t"u8);
            if (line.IsEmpty)
            {
                continue;
            }

            var (path, file) = ReadFile(line, place);
            if (!files.TryAdd(path, file) && files[path] != file)
            {
                throw MetadataRefusal.Of($"{place} states two digests for '{path}'.");
            }

            if (files.Count > MaxFiles)
            {
                throw MetadataRefusal.Of($"{place} lists more than {MaxFiles} files.");
            }
        }
    }

    // DIGEST SIZE PATH, with any number of spaces between them.
    private static (string Path, ReleaseFile File) ReadFile(ReadOnlySpan<byte> line, string place)
    {
        Span<char> hex = stackalloc char[Sha256Digest.Length * 2];
        var digest = TakeWord(ref line);
        var size = TakeWord(ref line);
        var good = digest.Length == hex.Length && Ascii.ToUtf16(digest, hex, out _) == System.Buffers.OperationStatus.Done;
        if (!good || !Sha256Digest.TryParse(hex, out var sha256) || size.Length is 0 or > 18 || size.IndexOfAnyExceptInRange((byte)'0', (byte)'9') >= 0
            || !Utf8Parser.TryParse(size, out long length, out _) || !RelativePath.TryParse(Encoding.UTF8.GetString(line), out var path))
        {
            throw MetadataRefusal.Of($"{place} has a malformed line in its list of files.");
        }

        return (path.Text, new ReleaseFile(sha256, length));
    }

    private static ReadOnlySpan<byte> TakeWord(ref ReadOnlySpan<byte> line)
    {
        var end = line.IndexOfAny(" \t"u8);
        var word = end < 0 ? line : line[..end];
        line = end < 0 ? [] : line[end..].TrimStart(" \t"u8);
        return word;
    }

    private static DateTimeOffset? Date(string text) =>
        DateTimeOffset.TryParseExact(text, DateFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowInnerWhite, out var date)
            ? date.ToUniversalTime()
            : null;

    private static string[] Words(string text) => text.Split([' ', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries);
}
