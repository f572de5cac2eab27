using Veridian.Posix;
using Veridian.Store.Files;

namespace Veridian.Store.Transactions;

/// <summary>Makes staged trees durable file by file, for when syncing the whole file system would wait for others' data.</summary>
/// <remarks>Source: <c>spec/store.md</c> ST-17.</remarks>
internal sealed class TreeSync(IStoreFiles files)
{
    public void Sync(DirectoryHandle area, IReadOnlyList<StagedTree> staged, CancellationToken cancellationToken)
    {
        AllCores.ForEach(staged, tree =>
        {
            SyncFolder(area, tree.Tree);
            SyncFile(area, tree.Manifest);
            if (tree.Control is not null)
            {
                SyncFile(area, tree.Control);
            }
        }, cancellationToken);
        files.SyncDirectory(area);
    }

    private void SyncFolder(DirectoryHandle area, string path)
    {
        var folders = new List<string>();
        using (var folder = area.OpenFolder(path))
        {
            foreach (var (name, type) in Entries.List(folder))
            {
                if (type == EntryType.File)
                {
                    SyncFile(folder, name);
                }
                else if (type == EntryType.Directory)
                {
                    folders.Add(name);
                }
            }

            files.SyncDirectory(folder);
        }

        foreach (var name in folders)
        {
            SyncFolder(area, $"{path}/{name}");
        }
    }

    private void SyncFile(DirectoryHandle folder, string name)
    {
        using var file = Entries.TryOpenFile(folder, name);
        if (file is not null)
        {
            files.Sync(file);
        }
    }
}
