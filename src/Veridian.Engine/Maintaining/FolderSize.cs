using Veridian.Posix;

namespace Veridian.Engine.Maintaining;

/// <summary>What a folder holds, links not followed: it may be one that scripts have written to.</summary>
/// <param name="Files">How many files, links, devices and pipes.</param>
/// <param name="Bytes">The files' sizes together.</param>
internal readonly record struct FolderSize(long Files, long Bytes)
{
    /// <summary>Counts; nothing for a folder that is not there or that goes away meanwhile.</summary>
    /// <param name="path">Absolute path.</param>
    public static FolderSize Of(string path)
    {
        using var folder = DirectoryHandle.TryOpen(path);
        return folder is null ? default : Of(folder);
    }

    private static FolderSize Of(DirectoryHandle folder)
    {
        var (files, bytes) = (0L, 0L);
        foreach (var (name, type) in Entries.List(folder))
        {
            if (type == EntryType.Directory)
            {
                var below = Of(folder.PathOf(name));
                (files, bytes) = (files + below.Files, bytes + below.Bytes);
            }
            else
            {
                (files, bytes) = (files + 1, bytes + (type == EntryType.File ? Entries.Status(folder, name)?.Size ?? 0 : 0));
            }
        }

        return new FolderSize(files, bytes);
    }
}
