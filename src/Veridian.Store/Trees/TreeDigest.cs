using System.Buffers;
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

        var (parent, siblings) = ("", children[""]);
        foreach (var entry in entries)
        {
            var folder = FolderOf(entry.Path.Text);
            if (!folder.SequenceEqual(parent) && !children.TryGetValue(parent = folder.ToString(), out siblings))
            {
                throw new ArgumentException($"The parent of '{entry.Path}' is missing.", nameof(entries));
            }

            siblings!.Add(entry);
        }

        return OfDirectory("", children, Blake3Hasher.New());
    }

    /// <summary>The path of the directory that holds a path; empty for the root.</summary>
    internal static ReadOnlySpan<char> FolderOf(string path) => path.AsSpan(0, Math.Max(path.LastIndexOf('/'), 0));

    private static Blake3Digest OfDirectory(string path, Dictionary<string, List<TreeEntry>> children, Blake3Hasher hasher)
    {
        var entries = children[path];
        if (!IsSorted(entries))
        {
            entries.Sort(static (a, b) => a.Path.CompareTo(b.Path));
        }

        var bytes = new ArrayBufferWriter<byte>(64 * (entries.Count + 1));
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
        hasher.Update(bytes.WrittenSpan);
        return hasher.Finish();
    }

    private static bool IsSorted(List<TreeEntry> entries)
    {
        for (var i = 1; i < entries.Count; i++)
        {
            if (entries[i - 1].Path.CompareTo(entries[i].Path) > 0)
            {
                return false;
            }
        }

        return true;
    }

    private static void Add(ArrayBufferWriter<byte> bytes, TreeEntry entry, Dictionary<string, List<TreeEntry>> children, Blake3Hasher hasher)
    {
        bytes.Write([(byte)TypeLetter(entry.Kind)]);
        AddText(bytes, entry.Path.Text.AsSpan(entry.Path.Text.LastIndexOf('/') + 1));
        if (entry.Kind == TreeEntryKind.SymbolicLink)
        {
            AddText(bytes, entry.Target);
            return;
        }

        var digest = entry.IsFile ? entry.Content : OfDirectory(entry.Path.Text, children, hasher);
        bytes.Write(digest.Span);
    }

    private static void AddText(ArrayBufferWriter<byte> bytes, ReadOnlySpan<char> text)
    {
        var span = bytes.GetSpan(sizeof(int) + Encoding.UTF8.GetMaxByteCount(text.Length));
        var length = Encoding.UTF8.GetBytes(text, span[sizeof(int)..]);
        BinaryPrimitives.WriteInt32LittleEndian(span, length);
        bytes.Advance(sizeof(int) + length);
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
