using Veridian.Posix;

namespace Veridian.Store.Files;

/// <summary>The real thing.</summary>
public sealed class PosixStoreFiles : IStoreFiles
{
    /// <inheritdoc/>
    public FileHandle Create(DirectoryHandle folder, string name) => Durable.Create(folder, name);

    /// <inheritdoc/>
    public void Write(FileHandle file, ReadOnlySpan<byte> bytes) => Durable.Write(file, bytes);

    /// <inheritdoc/>
    public void Sync(FileHandle file) => Durable.Sync(file);

    /// <inheritdoc/>
    public void SyncDirectory(DirectoryHandle folder) => Durable.SyncDirectory(folder);

    /// <inheritdoc/>
    public void SyncFileSystem(DirectoryHandle folder) => Durable.SyncFileSystem(folder);

    /// <inheritdoc/>
    public bool Rename(DirectoryHandle from, string name, DirectoryHandle to, string newName, RenameMode mode) =>
        Durable.Rename(from, name, to, newName, mode);

    /// <inheritdoc/>
    public LinkResult Link(DirectoryHandle from, string name, DirectoryHandle to, string newName) =>
        Durable.Link(from, name, to, newName);

    /// <inheritdoc/>
    public void SymbolicLink(DirectoryHandle folder, string name, string target) => Durable.SymbolicLink(folder, name, target);

    /// <inheritdoc/>
    public void SwapSymbolicLink(DirectoryHandle folder, string name, string target) => Durable.SwapSymbolicLink(folder, name, target);

    /// <inheritdoc/>
    public bool MakeDirectory(DirectoryHandle folder, string name) => Durable.MakeDirectory(folder, name);

    /// <inheritdoc/>
    public bool SetMode(DirectoryHandle folder, string name, int mode) => Durable.SetMode(folder, name, mode);

    /// <inheritdoc/>
    public bool Remove(DirectoryHandle folder, string name, bool isDirectory) => Durable.Remove(folder, name, isDirectory);
}
