using Veridian.Core.Paths;

namespace Veridian.Engine.Environments.Planning;

/// <summary>Paths as scripts and links write them, turned into paths of the merged tree.</summary>
/// <remarks>Source: <c>spec/environments.md</c> E-3.</remarks>
internal static class TreePath
{
    private static readonly string[] Merged = ["bin", "sbin", "lib", "lib32", "lib64", "libx32"];

    /// <summary><c>/bin/sh</c> becomes <c>usr/bin/sh</c>; null for what is no clean absolute path.</summary>
    public static string? FromAbsolute(string? text) =>
        text is ['/', .. var rest] && RelativePath.TryParse(rest, out _) ? Merge(rest) : null;

    /// <summary><c>bin/sh</c> becomes <c>usr/bin/sh</c>; other paths stay.</summary>
    public static string Merge(string path)
    {
        var end = path.IndexOf('/', StringComparison.Ordinal);
        return end > 0 && Merged.AsSpan().Contains(path[..end]) ? "usr/" + path : path;
    }

    /// <summary>Whether a path lies in one of the folders that an environment has.</summary>
    public static bool IsInTree(string path)
    {
        var top = path.IndexOf('/', StringComparison.Ordinal) is var end and > 0 ? path.AsSpan(0, end) : path;
        return top is "usr" or "etc" or "var" or "opt" or "srv";
    }

    /// <summary>The text before the last slash; empty for a top-level name.</summary>
    public static string Parent(string path) => path.LastIndexOf('/') is var at and > 0 ? path[..at] : "";

    /// <summary>The text after the last slash.</summary>
    public static string Name(string path) => path[(path.LastIndexOf('/') + 1)..];
}
