using Veridian.Posix;
using Veridian.Store.Files;

namespace Veridian.Testing;

/// <summary>The real thing without waiting for the disk: for tests that look at what is there, not at what survives a power cut.</summary>
public sealed class UnsyncedStoreFiles : IStoreFiles
{
    private readonly PosixStoreFiles _real = new();

    public FileHandle Create(DirectoryHandle folder, string name) => _real.Create(folder, name);

    public void Write(FileHandle file, ReadOnlySpan<byte> bytes) => _real.Write(file, bytes);

    public void Sync(FileHandle file)
    {
    }

    public void SyncDirectory(DirectoryHandle folder)
    {
    }

    public void SyncFileSystem(DirectoryHandle folder)
    {
    }

    public bool Rename(DirectoryHandle from, string name, DirectoryHandle to, string newName, RenameMode mode) =>
        _real.Rename(from, name, to, newName, mode);

    public LinkResult Link(DirectoryHandle from, string name, DirectoryHandle to, string newName) => _real.Link(from, name, to, newName);

    public void SymbolicLink(DirectoryHandle folder, string name, string target) => _real.SymbolicLink(folder, name, target);

    public void SwapSymbolicLink(DirectoryHandle folder, string name, string target) => _real.SwapSymbolicLink(folder, name, target);

    public bool MakeDirectory(DirectoryHandle folder, string name) => _real.MakeDirectory(folder, name);

    public bool SetMode(DirectoryHandle folder, string name, int mode) => _real.SetMode(folder, name, mode);

    public bool Remove(DirectoryHandle folder, string name, bool isDirectory) => _real.Remove(folder, name, isDirectory);
}
