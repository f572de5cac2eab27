using Veridian.Posix;

namespace Veridian.Engine.Environments.Building;

/// <summary>Gives every directory of a finished tree its final mode and time.</summary>
internal static class TreeSeal
{
    private const int ReadOnlyDirectory = 0x16D;

    /// <summary>Closes what is in a folder, not the folder itself: it must still be renamed.</summary>
    public static void Close(DirectoryHandle root)
    {
        foreach (var (name, type) in Entries.List(root))
        {
            if (type == EntryType.Directory)
            {
                using (var folder = root.OpenFolder(name))
                {
                    Close(folder);
                }

                Durable.SetMode(root, name, ReadOnlyDirectory);
                Durable.SetFixedTime(root, name);
            }
        }
    }
}
