using Veridian.Posix;

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
