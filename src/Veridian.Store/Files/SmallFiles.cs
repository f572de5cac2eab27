using Veridian.Core.Errors;
using Veridian.Posix;

namespace Veridian.Store.Files;

/// <summary>Whole files of moderate size: read with a limit, replaced in one durable step.</summary>
internal static class SmallFiles
{
    /// <summary>The content of a regular file; null if there is no such file.</summary>
    /// <exception cref="StoreDamagedException">It is longer than the limit.</exception>
    public static byte[]? TryRead(DirectoryHandle folder, string name, int limit)
    {
        using var file = Entries.TryOpenFile(folder, name);
        if (file is null)
        {
            return null;
        }

        var length = Entries.Length(file);
        if (length > limit)
        {
            throw new StoreDamagedException(ErrorCodes.StoreDamaged,
                $"'{folder.PathOf(name)}' is longer than {limit} bytes.", "Run 'vpkg verify --repair' to mend it; 'vpkg verify --store' shows all that differs.");
        }

        var bytes = new byte[length];
        for (var count = 0; count < bytes.Length;)
        {
            var read = Entries.Read(file, bytes.AsSpan(count));
            count += read;
            if (read == 0)
            {
                return bytes[..count];
            }
        }

        return bytes;
    }

    /// <summary>Writes a new file; not synced.</summary>
    public static void Write(IStoreFiles files, DirectoryHandle folder, string name, ReadOnlySpan<byte> bytes, int mode = 0x1A4)
    {
        using var file = files.Create(folder, name);
        files.Write(file, bytes);
        Durable.Seal(file, mode);
    }

    /// <summary>Writes a new file and syncs its content; the folder is not synced.</summary>
    public static void WriteSynced(IStoreFiles files, DirectoryHandle folder, string name, ReadOnlySpan<byte> bytes)
    {
        using var file = files.Create(folder, name);
        files.Write(file, bytes);
        Durable.Seal(file, 0x1A4);
        files.Sync(file);
    }

    /// <summary>Puts a file in place by write, sync, rename, sync of the folder: afterwards it is there with old or new content, never torn.</summary>
    public static void Replace(IStoreFiles files, DirectoryHandle folder, string name, ReadOnlySpan<byte> bytes)
    {
        var fresh = TemporaryName.Prefix + name;
        files.Remove(folder, fresh, isDirectory: false);
        WriteSynced(files, folder, fresh, bytes);
        files.Rename(folder, fresh, folder, name, RenameMode.Replace);
        files.SyncDirectory(folder);
    }
}
