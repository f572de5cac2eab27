using Veridian.Posix;

namespace Veridian.Store.Files;

/// <summary>
/// Removes whole trees. Works through open directories only and follows no link, so nothing outside is touched even if
/// somebody swaps a directory meanwhile; makes directories writable first; holds one directory open at a time.
/// </summary>
/// <remarks>Source: <c>spec/store.md</c> ST-25. Two removers at the same tree do not disturb each other.</remarks>
internal sealed class TreeRemover(IStoreFiles files)
{
    private const int OwnerOnly = 0x1C0;

    /// <summary>Removes a name and all below it; nothing happens if it is not there.</summary>
    public void Remove(DirectoryHandle parent, string name)
    {
        if (Entries.Status(parent, name) is not { } status)
        {
            return;
        }

        if (status.Type != EntryType.Directory)
        {
            files.Remove(parent, name, isDirectory: false);
            return;
        }

        files.SetMode(parent, name, OwnerOnly);
        RemoveContents(parent, name);
        files.Remove(parent, name, isDirectory: true);
    }

    private void RemoveContents(DirectoryHandle root, string path)
    {
        var folders = RemoveFiles(root, path);
        if (folders.Count == 0)
        {
            return;
        }

        foreach (var name in folders)
        {
            RemoveContents(root, path + "/" + name);
        }

        using var folder = root.TryOpenBeneath(path);
        foreach (var name in folders)
        {
            _ = folder is not null && files.Remove(folder, name, isDirectory: true);
        }
    }

    /// <summary>Removes all that is no directory; makes the directories writable and returns their names.</summary>
    private List<string> RemoveFiles(DirectoryHandle root, string path)
    {
        var folders = new List<string>();
        using var folder = root.TryOpenBeneath(path);
        if (folder is null)
        {
            return folders;
        }

        foreach (var (name, type) in Entries.List(folder))
        {
            if (type == EntryType.Directory)
            {
                files.SetMode(folder, name, OwnerOnly);
                folders.Add(name);
            }
            else
            {
                files.Remove(folder, name, isDirectory: false);
            }
        }

        return folders;
    }
}
