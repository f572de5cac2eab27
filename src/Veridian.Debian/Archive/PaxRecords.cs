
namespace Veridian.Debian.Archive;

/// <summary>What a pax extended header says of the entry after it.</summary>
/// <remarks>Source: <c>spec/debian-bridge.md</c> DB-5.</remarks>
internal sealed class PaxRecords
{
    private static readonly string[] Harmless = ["atime", "ctime", "mtime", "uid", "gid", "uname", "gname", "comment"];

    private readonly HashSet<string> _keys = new(StringComparer.Ordinal);
    private readonly List<string> _ignored = [];

    private PaxRecords()
    {
    }

    internal string? Path { get; private set; }

    internal string? LinkPath { get; private set; }

    internal long? Size { get; private set; }

    /// <summary>Extended attributes, which no tree of ours keeps.</summary>
    internal IReadOnlyList<string> IgnoredAttributes => _ignored;

    internal static PaxRecords Read(ReadOnlySpan<byte> bytes)
    {
        var records = new PaxRecords();
        while (!bytes.IsEmpty)
        {
            var record = TakeRecord(ref bytes);
            var equals = record.IndexOf((byte)'=');
            if (equals <= 0)
            {
                throw Malformed();
            }

            records.Add(Utf8Text.Read(record[..equals]), record[(equals + 1)..]);
        }

        return records;
    }

    // "LENGTH KEY=VALUE\n", where LENGTH counts itself too.
    private static ReadOnlySpan<byte> TakeRecord(ref ReadOnlySpan<byte> bytes)
    {
        var space = bytes.IndexOf((byte)' ');
        if (space is < 1 or > 6 || !TryReadDecimal(bytes[..space], out var length) || length < space + 2 || length > bytes.Length || bytes[(int)length - 1] != '\n')
        {
            throw Malformed();
        }

        var record = bytes[(space + 1)..((int)length - 1)];
        bytes = bytes[(int)length..];
        return record;
    }

    private void Add(string key, ReadOnlySpan<byte> value)
    {
        if (!_keys.Add(key))
        {
            throw ArchiveRefusal.Of($"A pax header has {ArchiveRefusal.Quote(key)} twice.");
        }

        switch (key)
        {
            case "path":
                Path = Utf8Text.Read(value);
                break;
            case "linkpath":
                LinkPath = Utf8Text.Read(value);
                break;
            case "size":
                Size = TryReadDecimal(value, out var size) ? size : throw Malformed();
                break;
            case var _ when key.StartsWith("SCHILY.xattr.", StringComparison.Ordinal) || key.StartsWith("LIBARCHIVE.xattr.", StringComparison.Ordinal):
                _ignored.Add(key[(key.IndexOf(".xattr.", StringComparison.Ordinal) + 7)..]);
                break;
            case var _ when !Harmless.Contains(key):
                throw ArchiveRefusal.Of($"A pax header has the unknown key {ArchiveRefusal.Quote(key)}.");
        }
    }

    private static bool TryReadDecimal(ReadOnlySpan<byte> digits, out long value)
    {
        value = 0;
        foreach (var b in digits)
        {
            if (b is < (byte)'0' or > (byte)'9')
            {
                return false;
            }

            value = value * 10 + (b - '0');
        }

        return digits.Length is > 0 and <= 18;
    }

    private static Core.Errors.UntrustedException Malformed() => ArchiveRefusal.Of("A pax header is malformed.");
}
