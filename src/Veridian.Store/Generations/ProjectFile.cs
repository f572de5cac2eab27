using Veridian.Core.Errors;
using Veridian.Posix;
using Veridian.Store.Files;

namespace Veridian.Store.Generations;

/// <summary>Reads and replaces a file that belongs to a person: mode kept, a symbolic link's target written instead of the link.</summary>
internal static class ProjectFile
{
    private const int Limit = 256 << 20;
    private const int DefaultMode = 0x1A4;

    /// <summary>The content; null if there is none.</summary>
    public static byte[]? Read(string path)
    {
        var (folder, name) = Split(path);
        using var handle = DirectoryHandle.TryOpen(folder);
        return handle is null ? null : SmallFiles.TryRead(handle, name, Limit);
    }

    /// <summary>What the file system says of it; null if there is none.</summary>
    public static EntryStatus? Status(string path)
    {
        var (folder, name) = Split(path);
        using var handle = DirectoryHandle.TryOpen(folder);
        return handle is null ? null : Entries.Status(handle, name);
    }

    /// <summary>Whether the content is exactly this.</summary>
    public static bool Holds(string path, ReadOnlySpan<byte> bytes) =>
        Status(path) is { } status && status.Size == bytes.Length && bytes.SequenceEqual(Read(path));

    /// <summary>Writes the new content beside the file, synced, so that putting it in place cannot fail for lack of space.</summary>
    public static void Stage(IStoreFiles files, string path, ReadOnlySpan<byte> bytes)
    {
        var (folder, name) = Split(path);
        using var handle = DirectoryHandle.Open(folder);
        var mode = Entries.Status(handle, name)?.Mode ?? DefaultMode;
        files.Remove(handle, FreshName(name), isDirectory: false);
        using var file = files.Create(handle, FreshName(name));
        files.Write(file, bytes);
        Durable.SetMode(handle, FreshName(name), mode);
        files.Sync(file);
    }

    /// <summary>Puts in place what was staged.</summary>
    public static void Commit(IStoreFiles files, string path)
    {
        var (folder, name) = Split(path);
        using var handle = DirectoryHandle.Open(folder);
        files.Rename(handle, FreshName(name), handle, name, RenameMode.Replace);
    }

    /// <summary>Stages again what another command staged, unless it is there and whole.</summary>
    public static void StageAgain(IStoreFiles files, string path, ReadOnlySpan<byte> bytes)
    {
        var (folder, name) = Split(path);
        using var handle = DirectoryHandle.Open(folder);
        if (!bytes.SequenceEqual(SmallFiles.TryRead(handle, FreshName(name), Limit)))
        {
            Stage(files, path, bytes);
        }
    }

    /// <summary>Makes durable what was put in place; one sync where both lie in one folder.</summary>
    public static void SyncFolders(IStoreFiles files, PendingFile first, PendingFile second)
    {
        var folder = first.IsLeft ? "" : Split(first.Path).Folder;
        SyncFolder(files, folder);
        if (!second.IsLeft && Split(second.Path).Folder is { } other && other != folder)
        {
            SyncFolder(files, other);
        }
    }

    private static void SyncFolder(IStoreFiles files, string folder)
    {
        using var handle = folder.Length > 0 ? DirectoryHandle.TryOpen(folder) : null;
        if (handle is not null)
        {
            files.SyncDirectory(handle);
        }
    }

    /// <summary>Forgets what was staged.</summary>
    public static void Unstage(IStoreFiles files, string path)
    {
        var (folder, name) = Split(path);
        using var handle = DirectoryHandle.TryOpen(folder);
        if (handle is not null)
        {
            files.Remove(handle, FreshName(name), isDirectory: false);
        }
    }

    /// <summary>Copies the file to the first free name <c>FILE.saved-N</c> and returns that path.</summary>
    public static string SaveAside(IStoreFiles files, string path, byte[] bytes)
    {
        var (folder, name) = Split(path);
        using var handle = DirectoryHandle.Open(folder);
        for (var i = 1; ; i++)
        {
            var saved = $"{name}.saved-{i}";
            if (Entries.Status(handle, saved) is null)
            {
                SmallFiles.WriteSynced(files, handle, saved, bytes);
                files.SyncDirectory(handle);
                return handle.PathOf(saved);
            }
        }
    }

    private static string FreshName(string name) => $".{name}.vpkg-new";

    private static (string Folder, string Name) Split(string path)
    {
        try
        {
            var full = Path.GetFullPath(path);
            full = PathLookup.IsLink(full) ? File.ResolveLinkTarget(full, returnFinalTarget: true)?.FullName ?? full : full;
            return (Path.GetDirectoryName(full)!, Path.GetFileName(full));
        }
        catch (IOException e) when (e is not FileNotFoundException and not DirectoryNotFoundException)
        {
            throw new StorageException(ErrorCodes.InputOutput, $"Cannot resolve '{path}': {e.Message}", "Mend the symbolic link.", e);
        }
        catch (IOException)
        {
            return (Path.GetDirectoryName(Path.GetFullPath(path))!, Path.GetFileName(path));
        }
    }
}
