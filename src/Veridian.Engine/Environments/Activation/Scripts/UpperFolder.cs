using Veridian.Core.Errors;
using Veridian.Core.Paths;
using Veridian.Posix;
using Veridian.Store.Trees;

namespace Veridian.Engine.Environments.Activation.Scripts;

/// <summary>The folder that scripts have written to, as its owner finds it afterwards.</summary>
internal static class UpperFolder
{
    private const int OwnerAll = 0x1C0;

    /// <summary>Gives the owner back the right to enter every directory, which scripts may have taken: else it could be neither read nor removed.</summary>
    /// <param name="path">Absolute path; nothing happens if it is not there.</param>
    public static void Open(string path)
    {
        using var folder = DirectoryHandle.TryOpen(path);
        if (folder is not null)
        {
            Open(folder);
        }
    }

    /// <summary>Takes away what scripts have put, or removed, where a package that is unpacked after them has something of its own.</summary>
    /// <param name="path">Absolute path.</param>
    /// <param name="entries">What the package holds.</param>
    public static void Unpack(string path, IEnumerable<TreeEntry> entries)
    {
        using var folder = DirectoryHandle.Open(path);
        foreach (var entry in entries.Where(entry => entry.Kind != TreeEntryKind.Directory))
        {
            using var parent = TryOpen(folder, entry.Path.Parent);
            if (parent is not null && Entries.Status(parent, entry.Path.Name) is { Type: not EntryType.Directory })
            {
                Durable.Remove(parent, entry.Path.Name, isDirectory: false);
            }
        }
    }

    private static DirectoryHandle? TryOpen(DirectoryHandle folder, RelativePath? path)
    {
        try
        {
            return path is null ? DirectoryHandle.Open(folder.Path) : folder.TryOpenBeneath(path.Text);
        }
        catch (StorageException)
        {
            return null; // a link or a file is in the way: nothing of the package lies behind it
        }
    }

    private static void Open(DirectoryHandle folder)
    {
        foreach (var (name, type) in Entries.List(folder))
        {
            if (type == EntryType.Directory)
            {
                var mode = Entries.Status(folder, name)!.Value.Mode;
                if ((mode & OwnerAll) != OwnerAll)
                {
                    Durable.SetMode(folder, name, mode | OwnerAll);
                }

                using var child = folder.OpenFolder(name);
                Open(child);
            }
        }
    }
}
