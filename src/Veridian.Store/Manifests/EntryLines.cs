using System.Buffers;
using System.Globalization;
using System.Text;
using Veridian.Core.Errors;
using Veridian.Core.Hashing;
using Veridian.Core.Paths;
using Veridian.Store.Text;
using Veridian.Store.Trees;

namespace Veridian.Store.Manifests;

/// <summary>The part that all manifests share: one line per path, then the digest of everything before it.</summary>
/// <remarks>Source: <c>store-format/manifest/README.md</c> MF-3, MF-4.</remarks>
internal static class EntryLines
{
    public static byte[] Write(RecordWriter writer, IReadOnlyList<TreeEntry> entries)
    {
        var bytes = new ArrayBufferWriter<byte>(256 + (160 * entries.Count));
        bytes.Write(writer.AddLine("entries").ToBytes());
        foreach (var entry in entries)
        {
            bytes.Write([(byte)TreeDigest.TypeLetter(entry.Kind)]);
            if (entry.IsFile)
            {
                AddFile(bytes, entry);
            }

            AddField(bytes, entry.Path.Text);
            if (entry.Kind == TreeEntryKind.SymbolicLink)
            {
                AddField(bytes, entry.Target);
            }

            bytes.Write("\n"u8);
        }

        var hasher = Blake3Hasher.New();
        hasher.Update(bytes.WrittenSpan);
        bytes.Write(Encoding.ASCII.GetBytes($"digest\t{hasher.Finish()}\n"));
        return bytes.WrittenSpan.ToArray();
    }

    private static void AddFile(ArrayBufferWriter<byte> bytes, TreeEntry entry)
    {
        const int LongestNumber = 20;
        const int Hex = 2 * Blake3Digest.Length;
        var span = bytes.GetSpan(2 + Hex + LongestNumber);
        span[0] = (byte)'\t';
        Convert.TryToHexStringLower(entry.Content.Span, span[1..], out _);
        span[1 + Hex] = (byte)'\t';
        entry.Size.TryFormat(span[(2 + Hex)..], out var digits, default, CultureInfo.InvariantCulture);
        bytes.Advance(2 + Hex + digits);
    }

    private static void AddField(ArrayBufferWriter<byte> bytes, string text)
    {
        var field = FieldText.Escape(text);
        var span = bytes.GetSpan(1 + Encoding.UTF8.GetMaxByteCount(field.Length));
        span[0] = (byte)'\t';
        bytes.Advance(1 + Encoding.UTF8.GetBytes(field, span[1..]));
    }

    /// <summary>Reads to the end, checks order, parents and the closing digest.</summary>
    public static List<TreeEntry> Read(RecordReader reader, byte[] bytes)
    {
        reader.Expect("entries");
        const int ShortLine = 110; // most lines are longer: no more room is made than there are bytes for
        var entries = new List<TreeEntry>((bytes.Length / ShortLine) + 1);
        var directories = new HashSet<string>(StringComparer.Ordinal) { "" };
        var parent = "";
        while (true)
        {
            var end = reader.Position;
            var line = reader.Line();
            if (line.StartsWith("digest\t"u8))
            {
                CheckEnd(reader, bytes.AsSpan(0, end), line["digest\t".Length..]);
                return entries;
            }

            var entry = Parse(reader, line);
            if (entries.Count > 0 && entries[^1].Path.CompareTo(entry.Path) >= 0)
            {
                throw reader.Damaged("paths are not in order");
            }

            var folder = TreeDigest.FolderOf(entry.Path.Text);
            if (!folder.SequenceEqual(parent) && !directories.Contains(parent = folder.ToString()))
            {
                throw reader.Damaged("a parent directory is missing");
            }

            if (entry.Kind == TreeEntryKind.Directory)
            {
                directories.Add(entry.Path.Text);
            }

            entries.Add(entry);
        }
    }

    private static void CheckEnd(RecordReader reader, ReadOnlySpan<byte> body, ReadOnlySpan<byte> digest)
    {
        if (!reader.AtEnd || Blake3.Hash(body) != reader.ParseDigest(digest))
        {
            throw reader.Damaged("its closing digest does not fit");
        }
    }

    private static TreeEntry Parse(RecordReader reader, ReadOnlySpan<byte> line)
    {
        var fields = new LineFields(line);
        var entry = Next(reader, ref fields) switch
        {
            [(byte)'d'] => TreeEntry.Directory(Path(reader, ref fields)),
            [(byte)'l'] => TreeEntry.SymbolicLink(Path(reader, ref fields), reader.Unescape(Next(reader, ref fields))),
            [(byte)'f'] => File(reader, executable: false, ref fields),
            [(byte)'x'] => File(reader, executable: true, ref fields),
            _ => null,
        };
        return entry is not null && fields.AtEnd ? entry : throw Unknown(reader);
    }

    private static TreeEntry File(RecordReader reader, bool executable, ref LineFields fields)
    {
        var content = reader.ParseDigest(Next(reader, ref fields));
        var size = reader.ParseNumber(Next(reader, ref fields));
        return TreeEntry.File(Path(reader, ref fields), executable, content, size);
    }

    private static RelativePath Path(RecordReader reader, ref LineFields fields) =>
        RelativePath.TryParse(reader.Unescape(Next(reader, ref fields)), out var path) ? path : throw reader.Damaged("a path leaves the tree");

    private static ReadOnlySpan<byte> Next(RecordReader reader, ref LineFields fields) =>
        fields.TryNext(out var field) ? field : throw Unknown(reader);

    private static StoreDamagedException Unknown(RecordReader reader) => reader.Damaged("a line is none of the known kinds");
}
