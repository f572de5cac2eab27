using Veridian.Posix;

namespace Veridian.Store.Collecting;

/// <summary>What stopped commands left behind; the next command that changes the store, or gc, clears it.</summary>
/// <remarks>Source: <c>spec/store.md</c> ST-9, ST-25, ST-27.</remarks>
public static class StoreLeftovers
{
    /// <summary>Entries of the trash, and staging areas; those of commands that are at work count too.</summary>
    public static int Count(StoreFolder store) => Entries.List(store.TrashFolder).Count + Entries.List(store.StagingFolder).Count;

    /// <summary>Trees without manifest, and manifests without tree.</summary>
    public static int Halves(StoreFolder store)
    {
        var manifests = Names(store.ManifestsFolder);
        var trees = Names(store.ObjectsFolder);
        trees.UnionWith(Names(store.EnvironmentsFolder));
        trees.SymmetricExceptWith(manifests);
        return trees.Count;
    }

    private static HashSet<string> Names(DirectoryHandle folder) => Entries.List(folder).Select(entry => entry.Name).ToHashSet(StringComparer.Ordinal);
}
