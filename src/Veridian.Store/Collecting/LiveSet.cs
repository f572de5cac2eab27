using Veridian.Core.Hashing;
using Veridian.Core.Paths;
using Veridian.Store.Roots;

namespace Veridian.Store.Collecting;

/// <summary>The mark: what stays because something names it. Pure.</summary>
/// <remarks>Source: <c>spec/store.md</c> ST-23.</remarks>
internal static class LiveSet
{
    /// <summary>Names of all that stays: store paths and environments' digests as texts.</summary>
    /// <param name="roots">The roots that count.</param>
    /// <param name="kept">Names that living transactions keep and running processes use.</param>
    /// <param name="environments">All environments with the objects their manifests name.</param>
    public static HashSet<string> Mark(
        IEnumerable<RootRecord> roots, IEnumerable<string> kept, IReadOnlyDictionary<Blake3Digest, IReadOnlyList<StorePath>> environments)
    {
        var live = new HashSet<string>(kept, StringComparer.Ordinal);
        foreach (var root in roots)
        {
            live.UnionWith(root.Objects.Select(o => o.Text));
            live.UnionWith(root.Environments.Select(e => e.ToString()));
        }

        foreach (var (id, objects) in environments)
        {
            if (live.Contains(id.ToString()))
            {
                live.UnionWith(objects.Select(o => o.Text));
            }
        }

        return live;
    }
}
