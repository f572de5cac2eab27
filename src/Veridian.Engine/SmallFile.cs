using Veridian.Core.Errors;
using Veridian.Posix;
using Veridian.Store.Files;

namespace Veridian.Engine;

/// <summary>Small files outside the store that must survive a crash: written, synced, renamed, folder synced.</summary>
internal static class SmallFile
{
    /// <summary>The bytes of a file beneath a folder; null if it is not there or longer than the limit. No link is followed, not even on the way.</summary>
    /// <exception cref="StorageException">It cannot be read, or a link stands on the way.</exception>
    public static byte[]? TryRead(DirectoryHandle folder, string name, int limit)
    {
        using var file = Entries.TryOpenFile(folder, name);
        if (file is null || Entries.Status(folder, name) is not { } status || status.Size > limit)
        {
            return null;
        }

        var bytes = new byte[status.Size];
        var read = 0;
        while (read < bytes.Length && Entries.Read(file, bytes.AsSpan(read)) is var count and > 0)
        {
            read += count;
        }

        return bytes[..read];
    }

    /// <summary>Replaces the file's content as one step.</summary>
    /// <exception cref="StorageException">It could not be made durable.</exception>
    public static void Write(string path, ReadOnlySpan<byte> bytes) => Write(new PosixStoreFiles(), path, bytes);

    /// <summary>The same, with the durable operations given: the seam of the crash tests.</summary>
    public static void Write(IStoreFiles disk, string path, ReadOnlySpan<byte> bytes)
    {
        var folder = Path.GetDirectoryName(path)!;
        Directory.CreateDirectory(folder);
        using var directory = DirectoryHandle.Open(folder);
        var (name, fresh) = (Path.GetFileName(path), $".{Path.GetFileName(path)}.new");
        disk.Remove(directory, fresh, isDirectory: false);
        using (var file = disk.Create(directory, fresh))
        {
            disk.Write(file, bytes);
            disk.Sync(file);
        }

        disk.SetMode(directory, fresh, 0x1A4);
        disk.Rename(directory, fresh, directory, name, RenameMode.Replace);
        disk.SyncDirectory(directory);
    }
}
