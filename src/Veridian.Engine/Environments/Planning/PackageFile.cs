using Veridian.Core.Hashing;

namespace Veridian.Engine.Environments.Planning;

/// <summary>One entry of a package's tree, as its manifest lists it.</summary>
/// <param name="Path">Path inside the tree, usr-merged: <c>usr/bin/jq</c>.</param>
/// <param name="Kind">What it is.</param>
/// <param name="IsExecutable">Files only.</param>
/// <param name="Content">Digest of a file's bytes; otherwise zero.</param>
/// <param name="LinkTarget">What a symbolic link says; otherwise null.</param>
public readonly record struct PackageFile(string Path, PackageFileKind Kind, bool IsExecutable, Blake3Digest Content, string? LinkTarget)
{
    /// <summary>A directory.</summary>
    public static PackageFile Directory(string path) => new(path, PackageFileKind.Directory, false, default, null);

    /// <summary>A regular file.</summary>
    public static PackageFile File(string path, bool isExecutable, Blake3Digest content) =>
        new(path, PackageFileKind.File, isExecutable, content, null);

    /// <summary>A symbolic link.</summary>
    public static PackageFile SymbolicLink(string path, string target) => new(path, PackageFileKind.SymbolicLink, false, default, target);

    /// <summary>Whether a program would notice no difference between the two, wherever they lie.</summary>
    public bool IsSameAs(in PackageFile other) =>
        Kind == other.Kind && IsExecutable == other.IsExecutable && Content == other.Content
        && string.Equals(LinkTarget, other.LinkTarget, StringComparison.Ordinal);
}

/// <summary>What an entry of a package's tree is.</summary>
public enum PackageFileKind
{
    /// <summary>A directory.</summary>
    Directory,

    /// <summary>A regular file.</summary>
    File,

    /// <summary>A symbolic link.</summary>
    SymbolicLink,
}
