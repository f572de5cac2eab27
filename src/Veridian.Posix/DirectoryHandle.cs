using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Veridian.Posix;

/// <summary>An open directory. What is reached through it stays reached, whatever happens to its name.</summary>
/// <remarks>Source: <c>spec/store.md</c> ST-2. Names handed to it may be paths; only the methods ending in <c>Beneath</c> refuse symbolic links on the way.</remarks>
public sealed unsafe class DirectoryHandle : IDisposable
{
    internal DirectoryHandle(SafeFileHandle handle, string path) => (Handle, Path) = (handle, path);

    /// <summary>The path it was opened by, for messages.</summary>
    public string Path { get; }

    internal SafeFileHandle Handle { get; }

    /// <summary>Opens a directory by path.</summary>
    /// <exception cref="Core.Errors.StorageException">It cannot be opened.</exception>
    public static DirectoryHandle Open(string path) =>
        TryOpen(path) ?? throw PosixFailure.Of("open folder", path, Errno.NoEntry);

    /// <summary>Opens a directory by path; null if there is none.</summary>
    /// <exception cref="Core.Errors.StorageException">It is there and cannot be opened.</exception>
    public static DirectoryHandle? TryOpen(string path)
    {
        fixed (byte* name = PathBytes.Encode(path, stackalloc byte[PathBytes.StackSize]))
        {
            var fd = LibC.OpenAt(LibC.AtCurrentFolder, name, LibC.OpenReadOnly | LibC.OpenDirectory | LibC.OpenCloseOnExec, 0);
            return Wrap(fd, path);
        }
    }

    /// <summary>Opens a directory inside, following no symbolic link on the way; null if there is none.</summary>
    /// <exception cref="Core.Errors.StorageException">A link stands in the way, or it cannot be opened.</exception>
    public DirectoryHandle? TryOpenBeneath(string path)
    {
        var fd = OpenBeneath.Open(Handle, path, LibC.OpenReadOnly | LibC.OpenDirectory, 0);
        return Wrap(fd, PathOf(path));
    }

    /// <summary>Opens a directory inside, following no symbolic link on the way.</summary>
    /// <exception cref="Core.Errors.StorageException">It is not there, a link stands in the way, or it cannot be opened.</exception>
    public DirectoryHandle OpenFolder(string path) =>
        TryOpenBeneath(path) ?? throw PosixFailure.Of("open folder", PathOf(path), Errno.NoEntry);

    /// <summary>The full path of something inside, for messages and for calls that take paths.</summary>
    public string PathOf(string name) => Path.EndsWith('/') ? Path + name : Path + "/" + name;

    /// <inheritdoc/>
    public void Dispose() => Handle.Dispose();

    private static DirectoryHandle? Wrap(int fd, string path)
    {
        if (fd >= 0)
        {
            return new DirectoryHandle(new SafeFileHandle(fd, ownsHandle: true), path);
        }

        var errno = Marshal.GetLastPInvokeError();
        return errno == Errno.NoEntry ? null : throw PosixFailure.Of("open folder", path, errno);
    }
}
