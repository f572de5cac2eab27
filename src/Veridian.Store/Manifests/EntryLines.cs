using System.Globalization;
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
        writer.AddLine("entries");
        foreach (var entry in entries)
        {
            var type = TreeDigest.TypeLetter(entry.Kind).ToString();
            _ = entry.Kind switch
            {
                TreeEntryKind.Directory => writer.AddLine(type, entry.Path.Text),
                TreeEntryKind.SymbolicLink => writer.AddLine(type, entry.Path.Text, entry.Target),
                _ => writer.AddLine(type, entry.Content.ToString(), entry.Size.ToString(CultureInfo.InvariantCulture), entry.Path.Text),
            };
        }

        var body = writer.ToBytes();
        var hasher = Blake3Hasher.New();
        hasher.Update(body);
        return [.. body, .. System.Text.Encoding.ASCII.GetBytes($"digest\t{hasher.Finish()}\n")];
    }

    /// <summary>Reads to the end, checks order, parents and the closing digest.</summary>
    public static List<TreeEntry> Read(RecordReader reader, byte[] bytes)
    {
        reader.Expect("entries");
        var entries = new List<TreeEntry>();
        var directories = new HashSet<string>(StringComparer.Ordinal) { "" };
        while (true)
        {
            var end = reader.Position;
            var fields = reader.Fields();
            if (fields is ["digest", var digest])
            {
                CheckEnd(reader, bytes.AsSpan(0, end), digest);
                return entries;
            }

            var entry = Parse(reader, fields);
            if (entries.Count > 0 && entries[^1].Path.CompareTo(entry.Path) >= 0)
            {
                throw reader.Damaged("paths are not in order");
            }

            if (!directories.Contains(TreeDigest.ParentOf(entry.Path.Text)))
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

    private static void CheckEnd(RecordReader reader, ReadOnlySpan<byte> body, string digest)
    {
        var hasher = Blake3Hasher.New();
        hasher.Update(body);
        if (!reader.AtEnd || hasher.Finish() != reader.ParseDigest(digest))
        {
            throw reader.Damaged("its closing digest does not fit");
        }
    }

    private static TreeEntry Parse(RecordReader reader, string[] fields) => fields switch
    {
        ["d", var path] => TreeEntry.Directory(ParsePath(reader, path)),
        ["l", var path, var target] => TreeEntry.SymbolicLink(ParsePath(reader, path), target),
        ["f" or "x", var content, var size, var path] =>
            TreeEntry.File(ParsePath(reader, path), fields[0] == "x", reader.ParseDigest(content), reader.ParseNumber(size)),
        _ => throw reader.Damaged("a line is none of the known kinds"),
    };

    private static RelativePath ParsePath(RecordReader reader, string text) =>
        RelativePath.TryParse(text, out var path) ? path : throw reader.Damaged("a path leaves the tree");
}
