using Veridian.Store;
using Veridian.Store.Database;
using Veridian.Store.Files;

namespace Veridian.Engine.Maintaining;

/// <summary>The database is a cache of what the manifests say.</summary>
public static class StoreIndexes
{
    /// <summary>Makes it anew; returns the number of objects.</summary>
    public static int Rebuild(Workspace workspace, CancellationToken cancellationToken)
    {
        using var store = StoreFolder.OpenOrCreate(workspace.Locations.Store, new PosixStoreFiles(), workspace.Time);
        cancellationToken.ThrowIfCancellationRequested();
        using var index = StoreIndex.RebuildFrom(store);
        return index.All().Count;
    }
}
