using Veridian.Core.Units;
using Veridian.Posix;
using Veridian.Store.Database;
using Veridian.Store.Files;

namespace Veridian.Store.Transactions;

/// <summary>
/// The step from staged to visible. The order is the guarantee: bytes durable, then blobs, then manifests and control data,
/// then the trees' names; a tree that can be seen is complete and described.
/// </summary>
/// <remarks>Source: <c>spec/store.md</c> ST-16 to ST-19.</remarks>
internal sealed class Publication(StoreFolder store, StagingArea area)
{
    private const int SealedMode = 0x16D;

    private readonly IStoreFiles _files = store.Files;

    public void Run(IReadOnlyList<StagedTree> staged, CancellationToken cancellationToken)
    {
        MakeDurable(staged, cancellationToken);
        using (store.Lock.Shared(StoreLock.DefaultWait, cancellationToken))
        {
            area.Keep([.. staged.Select(s => s.Name)]);
            RemoveCarcasses(staged);
            ShareContents(staged);
            PublishDescriptions(staged);
            PublishTrees(staged);
        }

        StoreIndex.Register(store, staged);
    }

    /// <summary>Closes the roots of trees whose publisher died between the rename and the change of mode.</summary>
    public static void SealRoots(StoreFolder store)
    {
        foreach (var folder in (DirectoryHandle[])[store.ObjectsFolder, store.EnvironmentsFolder])
        {
            foreach (var (name, type) in Entries.List(folder))
            {
                if (type == EntryType.Directory && Entries.Status(folder, name) is { Mode: not SealedMode })
                {
                    store.Files.SetMode(folder, name, SealedMode);
                }
            }
        }
    }

    private void MakeDurable(IReadOnlyList<StagedTree> staged, CancellationToken cancellationToken)
    {
        var own = new ByteCount(staged.Sum(s => s.Bytes));
        if (DirtyMemory.Read().CompareTo(own + store.ForeignDirtyLimit) <= 0)
        {
            _files.SyncFileSystem(area.Folder);
            return;
        }

        new TreeSync(_files).Sync(area.Folder, staged, cancellationToken);
    }

    /// <summary>A tree without a manifest was being deleted when its deleter died: it is not there.</summary>
    private void RemoveCarcasses(IReadOnlyList<StagedTree> staged)
    {
        foreach (var tree in staged)
        {
            if (Entries.Status(tree.Target, tree.Name) is not null && Entries.Status(store.ManifestsFolder, tree.Name) is null)
            {
                Trash.Add(store, tree.Target, tree.Name);
            }
        }
    }

    /// <summary>Others may link to our contents from now on. Losing these names in a power cut costs only space.</summary>
    private void ShareContents(IReadOnlyList<StagedTree> staged)
    {
        var durable = staged.Select(s => s.Tree).ToHashSet(StringComparer.Ordinal);
        var folders = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (key, written) in area.Written)
        {
            if (durable.Contains(written[..written.IndexOf('/', StringComparison.Ordinal)]))
            {
                if (folders.Add(key.Folder))
                {
                    _files.MakeDirectory(store.BlobsFolder, key.Folder);
                }

                _files.Link(area.Folder, written, store.BlobsFolder, key.Path);
            }
        }

        area.Written.Clear();
    }

    private void PublishDescriptions(IReadOnlyList<StagedTree> staged)
    {
        foreach (var tree in staged)
        {
            if (tree.Control is not null)
            {
                _files.Rename(area.Folder, tree.Control, store.ControlFolder, tree.Name, RenameMode.Replace);
            }

            _files.Rename(area.Folder, tree.Manifest, store.ManifestsFolder, tree.Name, RenameMode.Replace);
        }

        _files.SyncDirectory(store.ControlFolder);
        _files.SyncDirectory(store.ManifestsFolder);
    }

    private void PublishTrees(IReadOnlyList<StagedTree> staged)
    {
        foreach (var tree in staged)
        {
            // A directory can be moved to another parent only while its owner may write to it.
            if (_files.Rename(area.Folder, tree.Tree, tree.Target, tree.Name, RenameMode.KeepExisting))
            {
                _files.SetMode(tree.Target, tree.Name, SealedMode);
            }
        }

        foreach (var folder in staged.Select(s => s.Target).Distinct())
        {
            _files.SyncDirectory(folder);
        }
    }
}
