using Veridian.Core.Errors;
using Veridian.Core.Units;
using Veridian.Posix;
using Veridian.Store.Blobs;
using Veridian.Store.Trees;

namespace Veridian.Store.Collecting;

/// <summary>Shared contents that no tree uses: their name among the blobs is the last one.</summary>
/// <remarks>Source: <c>spec/store.md</c> ST-27. No lock is needed: whoever links such a blob at the same moment has a name of its own.</remarks>
internal sealed class DeadBlobs(StoreFolder store)
{
    /// <summary>Removes them on all processors; number and bytes freed.</summary>
    public (int Count, ByteCount Bytes) Remove(CancellationToken cancellationToken)
    {
        var (count, bytes) = (0, 0L);
        AllCores.ForEach(Entries.List(store.BlobsFolder), entry =>
        {
            using var folder = store.BlobsFolder.TryOpenBeneath(entry.Name);
            foreach (var (name, _) in folder is null ? [] : Entries.List(folder))
            {
                if (Entries.Status(folder!, name) is { Type: EntryType.File, Links: 1 } status
                    && store.Files.Remove(folder!, name, isDirectory: false))
                {
                    Interlocked.Increment(ref count);
                    Interlocked.Add(ref bytes, status.Size);
                }
            }
        }, cancellationToken);
        return (count, new ByteCount(bytes));
    }

    /// <summary>
    /// What <see cref="Remove"/> would find after the dead trees are gone: contents that have no more names than those give them,
    /// or that none of the living names. It reads the manifests of the side with fewer trees.
    /// </summary>
    public (int Count, ByteCount Bytes) Estimate(MarkedTrees marked)
    {
        var fromDead = marked.Dead.Count <= marked.Live.Count;
        var names = CountNames(fromDead ? marked.Dead : marked.Live);
        var (count, bytes) = (0, 0L);
        AllCores.ForEach(Entries.List(store.BlobsFolder), folder =>
        {
            using var handle = store.BlobsFolder.TryOpenBeneath(folder.Name);
            foreach (var (name, _) in handle is null ? [] : Entries.List(handle))
            {
                if (BlobKey.TryParse(folder.Name, name, out var key) && (fromDead || !names.ContainsKey(key))
                    && Entries.Status(handle!, name) is { } status && (!fromDead || status.Links - 1 <= names.GetValueOrDefault(key)))
                {
                    Interlocked.Increment(ref count);
                    Interlocked.Add(ref bytes, status.Size);
                }
            }
        }, CancellationToken.None);
        return (count, new ByteCount(bytes));
    }

    private Dictionary<BlobKey, int> CountNames(TreeNames trees)
    {
        var names = new Dictionary<BlobKey, int>();
        foreach (var path in trees.Objects)
        {
            Count(() => store.ReadEntries(path), names);
        }

        foreach (var id in trees.Environments)
        {
            Count(() => store.ReadEnvironmentManifest(id).Entries, names);
        }

        return names;
    }

    private static void Count(Func<IReadOnlyList<TreeEntry>> read, Dictionary<BlobKey, int> names)
    {
        try
        {
            foreach (var entry in read().Where(e => e.IsFile))
            {
                var key = new BlobKey(entry.Content, entry.Kind == TreeEntryKind.ExecutableFile);
                names[key] = names.GetValueOrDefault(key) + 1;
            }
        }
        catch (StoreDamagedException)
        {
            // Verify reports it; the estimate does without.
        }
    }
}
