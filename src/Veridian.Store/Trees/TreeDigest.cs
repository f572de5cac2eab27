using System.Buffers.Binary;
using System.Text;
using Veridian.Core.Hashing;

namespace Veridian.Store.Trees;

/// <summary>The digest of a file tree: every directory's digest covers the names, types and digests of what is in it.</summary>
/// <remarks>Source: <c>store-format/tree/README.md</c> TR-2 to TR-5. The same tree gives the same digest on every machine.</remarks>
public static class TreeDigest
{
    /// <summary>The root digest.</summary>
    /// <param name="entries">All entries in any order, without the root. Every entry's parent directory must be among them.</param>
    /// <exception cref="ArgumentException">A parent directory is missing, or a path stands twice.</exception>
    public static Blake3Digest Of(IReadOnlyCollection<TreeEntry> entries)
    {
        var children = new Dictionary<string, List<TreeEntry>>(StringComparer.Ordinal) { [""] = [] };
        foreach (var entry in entries)
        {
            if (entry.Kind == TreeEntryKind.Directory && !children.TryAdd(entry.Path.Text, []))
            {
                throw new ArgumentException($"'{entry.Path}' stands twice.", nameof(entries));
            }
        }

        foreach (var entry in entries)
        {
            if (!children.TryGetValue(ParentOf(entry.Path.Text), out var siblings))
            {
                throw new ArgumentException($"The parent of '{entry.Path}' is missing.", nameof(entries));
            }

            siblings.Add(entry);
        }

        return OfDirectory("", children, Blake3Hasher.New());
    }

    /// <summary>The path of the directory that holds a path; empty for the root.</summary>
    internal static string ParentOf(string path) => path.LastIndexOf('/') is var at and > 0 ? path[..at] : "";

    private static Blake3Digest OfDirectory(string path, Dictionary<string, List<TreeEntry>> children, Blake3Hasher hasher)
    {
        var entries = children[path];
        entries.Sort(static (a, b) => a.Path.CompareTo(b.Path));
        var bytes = new MemoryStream();
        bytes.Write("veridian-tree-1\n"u8);
        for (var i = 0; i < entries.Count; i++)
        {
            if (i > 0 && entries[i].Path == entries[i - 1].Path)
            {
                throw new ArgumentException($"'{entries[i].Path}' stands twice.", nameof(children));
            }

            Add(bytes, entries[i], children, hasher);
        }

        hasher.Reset();
        hasher.Update(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
        return hasher.Finish();
    }

    private static void Add(MemoryStream bytes, TreeEntry entry, Dictionary<string, List<TreeEntry>> children, Blake3Hasher hasher)
    {
        bytes.WriteByte((byte)TypeLetter(entry.Kind));
        AddText(bytes, entry.Path.Name);
        if (entry.Kind == TreeEntryKind.SymbolicLink)
        {
            AddText(bytes, entry.Target);
            return;
        }

        var digest = entry.IsFile ? entry.Content : OfDirectory(entry.Path.Text, children, hasher);
        bytes.Write(digest.Span);
    }

    private static void AddText(MemoryStream bytes, string text)
    {
        var encoded = Encoding.UTF8.GetBytes(text);
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, encoded.Length);
        bytes.Write(length);
        bytes.Write(encoded);
    }

    /// <summary>The letter that stands for a type, also in manifests.</summary>
    internal static char TypeLetter(TreeEntryKind kind) => kind switch
    {
        TreeEntryKind.Directory => 'd',
        TreeEntryKind.File => 'f',
        TreeEntryKind.ExecutableFile => 'x',
        _ => 'l',
    };
}
