using Veridian.Core.Hashing;
using Veridian.Core.Paths;

namespace Veridian.Store.Trees;

/// <summary>One path of a tree with all that counts for its digest.</summary>
/// <remarks>Source: <c>store-format/tree/README.md</c> TR-1. Two trees with the same entries are the same tree.</remarks>
public sealed record TreeEntry
{
    private TreeEntry(TreeEntryKind kind, RelativePath path, Blake3Digest content, long size, string target) =>
        (Kind, Path, Content, Size, Target) = (kind, path, content, size, target);

    /// <summary>What it is.</summary>
    public TreeEntryKind Kind { get; }

    /// <summary>Where it is.</summary>
    public RelativePath Path { get; }

    /// <summary>Digest of a file's bytes; zero for anything else.</summary>
    public Blake3Digest Content { get; }

    /// <summary>Bytes of a file; 0 for anything else.</summary>
    public long Size { get; }

    /// <summary>Where a symbolic link points; empty for anything else.</summary>
    public string Target { get; }

    /// <summary>Whether it is a regular file, executable or not.</summary>
    public bool IsFile => Kind is TreeEntryKind.File or TreeEntryKind.ExecutableFile;

    /// <summary>The permission bits that the store gives it; a symbolic link has none that count.</summary>
    public int Mode => Kind == TreeEntryKind.File ? 0x124 : 0x16D;

    /// <summary>A directory.</summary>
    public static TreeEntry Directory(RelativePath path) => new(TreeEntryKind.Directory, path, default, 0, "");

    /// <summary>A regular file.</summary>
    public static TreeEntry File(RelativePath path, bool executable, Blake3Digest content, long size) =>
        new(executable ? TreeEntryKind.ExecutableFile : TreeEntryKind.File, path, content, size, "");

    /// <summary>A symbolic link.</summary>
    public static TreeEntry SymbolicLink(RelativePath path, string target) => new(TreeEntryKind.SymbolicLink, path, default, 0, target);

    /// <summary>The same content under another path.</summary>
    public TreeEntry At(RelativePath path) => new(Kind, path, Content, Size, Target);
}
