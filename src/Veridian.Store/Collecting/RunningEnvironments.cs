using Veridian.Core.Hashing;
using Veridian.Posix;

namespace Veridian.Store.Collecting;

/// <summary>Environments that some process has mounted right now.</summary>
/// <remarks>Source: <c>spec/store.md</c> ST-24. A mount's path inside its own file system ends differently from the path we know, so only the digest is looked for.</remarks>
internal static class RunningEnvironments
{
    private const string Marker = "/" + StoreLayout.Environments + "/";

    /// <summary>The digests that stand in the mounts' paths.</summary>
    public static HashSet<string> In(IEnumerable<MountedFolder> mounts)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (root, mountPoint) in mounts)
        {
            AddFrom(root, found);
            AddFrom(mountPoint, found);
        }

        return found;
    }

    private static void AddFrom(string path, HashSet<string> found)
    {
        for (var at = path.IndexOf(Marker, StringComparison.Ordinal); at >= 0; at = path.IndexOf(Marker, at + 1, StringComparison.Ordinal))
        {
            var name = path.AsSpan(at + Marker.Length);
            if (name.Length >= Blake3Digest.Length * 2 && Blake3Digest.TryParse(name[..(Blake3Digest.Length * 2)], out var id))
            {
                found.Add(id.ToString());
            }
        }
    }
}
