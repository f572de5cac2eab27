using Veridian.Core.Errors;
using Veridian.Posix;
using Veridian.Store.Files;

namespace Veridian.Testing;

/// <summary>Counts durable operations; stops the world before one of them, or lets one fail once or for ever.</summary>
public sealed class FaultyStoreFiles(IStoreFiles inner) : IStoreFiles
{
    private int _count;

    public FaultyStoreFiles()
        : this(new UnsyncedStoreFiles())
    {
    }

    /// <summary>Operations so far.</summary>
    public int Count => _count;

    /// <summary>Number of the first operation that is not done any more, from 1; 0 for never.</summary>
    public int StopBefore { get; init; }

    /// <summary>Number of the operation that fails, from 1; 0 for none.</summary>
    public int FailAt { get; init; }

    /// <summary>Whether all later ones that need room on the disk fail as well.</summary>
    public bool FailForEver { get; init; }

    /// <summary>What they fail with.</summary>
    public ErrorCode Failure { get; init; } = ErrorCodes.DiskFull;

    /// <summary>Names of the operations in order, for messages.</summary>
    public List<string> Log { get; } = [];

    public FileHandle Create(DirectoryHandle folder, string name)
    {
        Step("create", name, needsRoom: true);
        return inner.Create(folder, name);
    }

    public void Write(FileHandle file, ReadOnlySpan<byte> bytes)
    {
        Step("write", file.Path, needsRoom: true);
        inner.Write(file, bytes);
    }

    public void Sync(FileHandle file)
    {
        Step("sync", file.Path, needsRoom: true);
        inner.Sync(file);
    }

    public void SyncDirectory(DirectoryHandle folder)
    {
        Step("sync folder", folder.Path, needsRoom: false);
        inner.SyncDirectory(folder);
    }

    public void SyncFileSystem(DirectoryHandle folder)
    {
        Step("sync file system", folder.Path, needsRoom: true);
        inner.SyncFileSystem(folder);
    }

    public bool Rename(DirectoryHandle from, string name, DirectoryHandle to, string newName, RenameMode mode)
    {
        Step("rename", $"{name} to {newName}", needsRoom: true);
        return inner.Rename(from, name, to, newName, mode);
    }

    public LinkResult Link(DirectoryHandle from, string name, DirectoryHandle to, string newName)
    {
        Step("link", newName, needsRoom: true);
        return inner.Link(from, name, to, newName);
    }

    public void SymbolicLink(DirectoryHandle folder, string name, string target)
    {
        Step("symbolic link", name, needsRoom: true);
        inner.SymbolicLink(folder, name, target);
    }

    public void SwapSymbolicLink(DirectoryHandle folder, string name, string target)
    {
        Step("swap link", name, needsRoom: true);
        inner.SwapSymbolicLink(folder, name, target);
    }

    public bool MakeDirectory(DirectoryHandle folder, string name)
    {
        Step("make folder", name, needsRoom: true);
        return inner.MakeDirectory(folder, name);
    }

    public bool SetMode(DirectoryHandle folder, string name, int mode)
    {
        Step("set mode", name, needsRoom: false);
        return inner.SetMode(folder, name, mode);
    }

    public bool Remove(DirectoryHandle folder, string name, bool isDirectory)
    {
        Step("remove", name, needsRoom: false);
        return inner.Remove(folder, name, isDirectory);
    }

    private void Step(string operation, string name, bool needsRoom)
    {
        var number = Interlocked.Increment(ref _count);
        lock (Log)
        {
            Log.Add($"{number}: {operation} {name}");
        }

        if (StopBefore > 0 && number >= StopBefore)
        {
            throw new WorldStoppedException(number);
        }

        // A full disk still lets one remove and sync; an input or output error hits whatever comes.
        if (number == FailAt || (FailForEver && FailAt > 0 && number > FailAt && needsRoom))
        {
            throw new StorageException(Failure, $"Cannot {operation} '{name}': planned failure.", "Look at the test.");
        }
    }
}
