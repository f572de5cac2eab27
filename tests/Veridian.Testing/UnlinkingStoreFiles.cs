using Veridian.Posix;
using Veridian.Store.Files;

namespace Veridian.Testing;

/// <summary>A file system that refuses every hard link, as one without them does, and counts the files it was asked to sync.</summary>
public sealed class UnlinkingStoreFiles : IStoreFiles
{
    private readonly UnsyncedStoreFiles _real = new();
    private int _synced;

    public int Synced => _synced;

    public FileHandle Create(DirectoryHandle folder, string name) => _real.Create(folder, name);

    public void Write(FileHandle file, ReadOnlySpan<byte> bytes) => _real.Write(file, bytes);

    public void Sync(FileHandle file) => Interlocked.Increment(ref _synced);

    public void SyncDirectory(DirectoryHandle folder) => _real.SyncDirectory(folder);

    public void SyncFileSystem(DirectoryHandle folder) => _real.SyncFileSystem(folder);

    public bool Rename(DirectoryHandle from, string name, DirectoryHandle to, string newName, RenameMode mode) =>
        _real.Rename(from, name, to, newName, mode);

    public LinkResult Link(DirectoryHandle from, string name, DirectoryHandle to, string newName) => LinkResult.Refused;

    public void SymbolicLink(DirectoryHandle folder, string name, string target) => _real.SymbolicLink(folder, name, target);

    public void SwapSymbolicLink(DirectoryHandle folder, string name, string target) => _real.SwapSymbolicLink(folder, name, target);

    public bool MakeDirectory(DirectoryHandle folder, string name) => _real.MakeDirectory(folder, name);

    public bool SetMode(DirectoryHandle folder, string name, int mode) => _real.SetMode(folder, name, mode);

    public bool Remove(DirectoryHandle folder, string name, bool isDirectory) => _real.Remove(folder, name, isDirectory);
}
