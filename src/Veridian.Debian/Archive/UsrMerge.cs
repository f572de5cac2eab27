namespace Veridian.Debian.Archive;

/// <summary>The merged /usr: six top-level directories that are links into <c>usr</c> on a Debian system.</summary>
/// <remarks>Source: <c>spec/debian-bridge.md</c> DB-8. Targets of symbolic links are not mapped: they resolve through those links.</remarks>
public static class UsrMerge
{
    private static readonly string[] Aliases = ["bin", "sbin", "lib", "lib32", "lib64", "libx32"];

    /// <summary>Where a path of an archive goes: <c>bin/sh</c> to <c>usr/bin/sh</c>, all else as it is.</summary>
    /// <param name="path">A path inside, without a leading <c>./</c>.</param>
    public static string Map(string path)
    {
        var slash = path.IndexOf('/', StringComparison.Ordinal);
        return Aliases.Contains(slash < 0 ? path : path[..slash]) ? "usr/" + path : path;
    }

    /// <summary>Whether a link is one of the six themselves, such as <c>bin</c> to <c>usr/bin</c>: then the mapping already says it.</summary>
    public static bool IsAliasLink(string path, string target) =>
        Aliases.Contains(path) && (target == "usr/" + path || target == "/usr/" + path);
}
