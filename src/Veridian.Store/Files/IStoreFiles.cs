using Veridian.Posix;

namespace Veridian.Store.Files;

/// <summary>
/// Every operation that changes what is on disk. The store does nothing durable in another way,
/// so a test can stop the world before any one of them.
/// </summary>
/// <remarks>Source: <c>spec/store.md</c> ST-2. Failures are <see cref="Core.Errors.StorageException"/>s. Thread-safe.</remarks>
public interface IStoreFiles
{
    /// <summary>Makes a new file; fails if the name is taken or a symbolic link stands on the way.</summary>
    FileHandle Create(DirectoryHandle folder, string name);

    /// <summary>Appends bytes.</summary>
    void Write(FileHandle file, ReadOnlySpan<byte> bytes);

    /// <summary>Makes a file's content durable.</summary>
    void Sync(FileHandle file);

    /// <summary>Makes the names in a directory durable.</summary>
    void SyncDirectory(DirectoryHandle folder);

    /// <summary>Makes everything on the folder's file system durable.</summary>
    void SyncFileSystem(DirectoryHandle folder);

    /// <summary>Renames in one step; false if the existing target was to be kept and is there.</summary>
    bool Rename(DirectoryHandle from, string name, DirectoryHandle to, string newName, RenameMode mode);

    /// <summary>Makes a hard link.</summary>
    LinkResult Link(DirectoryHandle from, string name, DirectoryHandle to, string newName);

    /// <summary>Makes a symbolic link; fails if the name is taken.</summary>
    void SymbolicLink(DirectoryHandle folder, string name, string target);

    /// <summary>Makes or repoints a symbolic link in one step.</summary>
    void SwapSymbolicLink(DirectoryHandle folder, string name, string target);

    /// <summary>Makes a directory; false if the name is taken.</summary>
    bool MakeDirectory(DirectoryHandle folder, string name);

    /// <summary>Changes the mode of a file or directory; false if it is not there.</summary>
    bool SetMode(DirectoryHandle folder, string name, int mode);

    /// <summary>Removes one name; false if it is not there.</summary>
    bool Remove(DirectoryHandle folder, string name, bool isDirectory);
}
