using Veridian.Posix;
using Veridian.Store.Files;
using Veridian.Store.Roots;
using Veridian.Store.Transactions;

namespace Veridian.Store.Collecting;

/// <summary>
/// Removes what nothing needs. Marks and renames under the store's lock, deletes without it; needs no room on the disk and
/// no index. Stopped anywhere, it leaves a sound store, and the next run goes on.
/// </summary>
/// <remarks>Source: <c>spec/store.md</c> ST-20 to ST-27.</remarks>
public sealed class GarbageCollector(StoreFolder store, Func<IReadOnlyCollection<MountedFolder>> mounts)
{
    /// <summary>A root whose generation cannot be seen still counts for so long: it may be in the making, or its disk unplugged.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromDays(1);
    private static readonly TimeSpan UnpluggedGrace = TimeSpan.FromDays(30);

    /// <summary>Collects with the mounts of the processes on this machine.</summary>
    public GarbageCollector(StoreFolder store)
        : this(store, MountInfo.OfAllProcesses)
    {
    }

    /// <summary>What a run would remove now. Changes nothing.</summary>
    /// <exception cref="Core.Errors.StoreDamagedException">A root or an environment's manifest cannot be read, so nobody can say what is dead.</exception>
    public CollectionPlan Plan() => Plan(new HashSet<string>());

    /// <summary>What a run would remove if some generations had been forgotten before.</summary>
    /// <param name="forgotten">Absolute paths of those generations' folders.</param>
    /// <exception cref="Core.Errors.StoreDamagedException">As for <see cref="Plan()"/>.</exception>
    public CollectionPlan Plan(IReadOnlySet<string> forgotten)
    {
        using var shared = store.Lock.Shared(StoreLock.DefaultWait, CancellationToken.None);
        var marked = Mark(forgotten);
        var (blobs, freed) = new DeadBlobs(store).Estimate(marked);
        return new CollectionPlan(marked.Dead.Objects, marked.Dead.Environments, marked.Roots, blobs, freed);
    }

    /// <summary>Removes it.</summary>
    /// <param name="wait">How long to wait for commands that are just publishing.</param>
    /// <param name="cancellationToken">Stops the wait or the deleting; the next run goes on.</param>
    /// <exception cref="Core.Errors.BusyException">They took longer.</exception>
    /// <exception cref="Core.Errors.StoreDamagedException">A root or an environment's manifest cannot be read; nothing is removed.</exception>
    public CollectionPlan Run(TimeSpan wait, CancellationToken cancellationToken)
    {
        MarkedTrees marked;
        using (store.Lock.Exclusive(wait, cancellationToken))
        {
            marked = Mark(new HashSet<string>());
            StagingSweep.MoveDeadToTrash(store);
            Publication.SealRoots(store);
            RemoveRoots(marked.Roots);
            TakeOut(store.ObjectsFolder, marked.Dead.Objects.Select(o => o.Text));
            TakeOut(store.EnvironmentsFolder, marked.Dead.Environments.Select(e => e.ToString()));
            RemoveOrphans();
        }

        Trash.Empty(store, cancellationToken);
        var (blobs, freed) = new DeadBlobs(store).Remove(cancellationToken);
        return new CollectionPlan(marked.Dead.Objects, marked.Dead.Environments, marked.Roots, blobs, freed);
    }

    private MarkedTrees Mark(IReadOnlySet<string> forgotten)
    {
        var all = store.Roots.List();
        var stale = all.Where(root => IsStale(root) || forgotten.Contains(root.Generation)).ToList();
        var environments = store.ListEnvironments().ToDictionary(e => e, e => store.ReadEnvironmentManifestHead(e).Objects);
        var kept = StagingSweep.KeptNames(store);
        kept.UnionWith(RunningEnvironments.In(mounts()));
        var live = LiveSet.Mark(all.Except(stale), kept, environments);
        return MarkedTrees.Of(store.ListObjects(), environments.Keys, live, [.. stale.Select(r => r.Id)]);
    }

    private bool IsStale(RootRecord root)
    {
        if (root.Generation.Length == 0 || Directory.Exists(root.Generation))
        {
            return false;
        }

        var grace = Directory.Exists(Path.GetDirectoryName(root.Generation)) ? Grace : UnpluggedGrace;
        return store.Time.GetUtcNow() - root.Used > grace;
    }

    private void RemoveRoots(IReadOnlyList<string> ids)
    {
        foreach (var id in ids)
        {
            store.Files.Remove(store.Roots.Folder, id, isDirectory: false);
        }

        foreach (var (name, _) in Entries.List(store.Roots.Folder).Where(e => e.Name.StartsWith(TemporaryName.Prefix, StringComparison.Ordinal)))
        {
            store.Files.Remove(store.Roots.Folder, name, isDirectory: false);
        }
    }

    private void TakeOut(DirectoryHandle folder, IEnumerable<string> names)
    {
        var found = false;
        foreach (var name in names)
        {
            Trash.Add(store, folder, name);
            found = true;
        }

        if (found)
        {
            // Before any manifest goes: a tree without manifest must not come back after a power cut.
            store.Files.SyncDirectory(folder);
        }
    }

    /// <summary>Removes trees without manifest and manifests without tree: halves that a killed publish or gc left.</summary>
    private void RemoveOrphans()
    {
        var manifests = Names(store.ManifestsFolder);
        foreach (var folder in (DirectoryHandle[])[store.ObjectsFolder, store.EnvironmentsFolder])
        {
            TakeOut(folder, Names(folder).Where(n => !manifests.Contains(n)));
        }

        var trees = Names(store.ObjectsFolder);
        trees.UnionWith(Names(store.EnvironmentsFolder));
        foreach (var folder in (DirectoryHandle[])[store.ControlFolder, store.ManifestsFolder])
        {
            foreach (var name in Names(folder).Where(n => !trees.Contains(n)))
            {
                store.Files.Remove(folder, name, isDirectory: false);
            }
        }
    }

    private static HashSet<string> Names(DirectoryHandle folder) => Entries.List(folder).Select(e => e.Name).ToHashSet(StringComparer.Ordinal);
}
