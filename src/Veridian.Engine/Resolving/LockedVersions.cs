using Veridian.Formats.Lockfile;

namespace Veridian.Engine.Resolving;

/// <summary>Which versions of an old lock a solve should stay at.</summary>
public static class LockedVersions
{
    /// <summary>All of the lock's versions, less those that may move.</summary>
    /// <param name="old">The old selection, or null.</param>
    /// <param name="move">Names that may move; null for none, empty for all.</param>
    public static IReadOnlyDictionary<string, string> Of(LockedSelection? old, IReadOnlyCollection<string>? move)
    {
        var versions = new Dictionary<string, string>(StringComparer.Ordinal);
        if (old is null || move is { Count: 0 })
        {
            return versions;
        }

        foreach (var package in old.Packages)
        {
            if (move is null || !move.Contains(package.Name))
            {
                versions[package.Name] = package.Version;
            }
        }

        return versions;
    }
}
