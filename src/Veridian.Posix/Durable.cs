using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Veridian.Posix;

/// <summary>
/// File operations whose errors are believed. .NET reports success when <c>fsync</c> fails and cannot sync a directory,
/// so everything that must survive a power cut goes through here.
/// </summary>
/// <remarks>Source: <c>spec/store.md</c> ST-1, ST-2. Every failure is a <see cref="Core.Errors.StorageException"/> that names call and path.</remarks>
public static unsafe class Durable
{
    /// <summary>Lets the kernel begin to write out the file, so that a later sync has less to wait for. A hint: it promises nothing and reports nothing.</summary>
    public static void BeginWriteOut(FileHandle file)
    {
        const uint Write = 2; // SYNC_FILE_RANGE_WRITE
        _ = LibC.SyncFileRange(file.Handle, 0, 0, Write);
    }

    /// <summary>Makes a new file, mode 0600; fails if the name is taken or a symbolic link stands on the way.</summary>
    public static FileHandle Create(DirectoryHandle folder, string name)
    {
        var fd = OpenBeneath.Open(folder.Handle, name, LibC.OpenWriteOnly | LibC.OpenCreate | LibC.OpenExclusive, 0x180);
        return fd < 0
            ? throw PosixFailure.Last("create", folder.PathOf(name))
            : new FileHandle(new SafeFileHandle(fd, ownsHandle: true), folder.PathOf(name));
    }

    /// <summary>Adds bytes to the end of a file, in one write, so that several processes may add to it at once; makes the file, mode 0600, if there is none.</summary>
    public static void Append(DirectoryHandle folder, string name, ReadOnlySpan<byte> bytes)
    {
        var fd = OpenBeneath.Open(folder.Handle, name, LibC.OpenWriteOnly | LibC.OpenCreate | LibC.OpenAppend, 0x180);
        using var file = fd < 0
            ? throw PosixFailure.Last("append to", folder.PathOf(name))
            : new FileHandle(new SafeFileHandle(fd, ownsHandle: true), folder.PathOf(name));
        Write(file, bytes);
    }

    /// <summary>Writes all bytes at the file's position.</summary>
    public static void Write(FileHandle file, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            for (nint done = 0; done < bytes.Length;)
            {
                var written = LibC.Write(file.Handle, start + done, bytes.Length - done);
                if (written >= 0)
                {
                    done += written;
                }
                else if (Marshal.GetLastPInvokeError() is not (Errno.Interrupted or Errno.TryAgain))
                {
                    throw PosixFailure.Last("write", file.Path);
                }
            }
        }
    }

    /// <summary>Gives a finished file its mode and the fixed time.</summary>
    public static void Seal(FileHandle file, int mode)
    {
        Check(LibC.FChmod(file.Handle, (uint)mode), "change the mode of", file.Path);
        var times = stackalloc LibC.TimeSpec[2];
        times[0].Seconds = times[1].Seconds = FixedTime.UnixSeconds;
        Check(LibC.FUTimens(file.Handle, times), "set the time of", file.Path);
    }

    /// <summary>fsync. A failure is final: the kernel may have dropped the data, a second try would lie.</summary>
    public static void Sync(FileHandle file) => Check(LibC.FSync(file.Handle), "sync", file.Path);

    /// <summary>The same for a file that .NET has opened; what its stream holds back must have been handed over.</summary>
    public static void SyncOpened(SafeFileHandle file, string path) => Check(LibC.FSync(file), "sync", path);

    /// <summary>fsync of a directory: the names in it are durable afterwards.</summary>
    public static void SyncDirectory(DirectoryHandle folder) => Check(LibC.FSync(folder.Handle), "sync folder", folder.Path);

    /// <summary>syncfs: all data and names of the file system that holds the folder are durable afterwards.</summary>
    public static void SyncFileSystem(DirectoryHandle folder) =>
        Check(LibC.SyncFs(folder.Handle), "sync the file system of", folder.Path);

    /// <summary>Renames in one step.</summary>
    /// <returns>False if <see cref="RenameMode.KeepExisting"/> was asked for and the new name is taken.</returns>
    public static bool Rename(DirectoryHandle from, string name, DirectoryHandle to, string newName, RenameMode mode)
    {
        fixed (byte* old = PathBytes.Encode(name, stackalloc byte[PathBytes.StackSize]),
                     @new = PathBytes.Encode(newName, stackalloc byte[PathBytes.StackSize]))
        {
            if (LibC.RenameAt2(from.Handle, old, to.Handle, @new, (uint)mode) == 0)
            {
                return true;
            }
        }

        var errno = Marshal.GetLastPInvokeError();
        return mode == RenameMode.KeepExisting && errno is (Errno.Exists or Errno.NotEmpty)
            ? false
            : throw PosixFailure.Of($"rename '{from.PathOf(name)}' to", to.PathOf(newName), errno);
    }

    /// <summary>Makes a hard link; never follows a symbolic link at the end of the old name.</summary>
    public static LinkResult Link(DirectoryHandle from, string name, DirectoryHandle to, string newName)
    {
        fixed (byte* old = PathBytes.Encode(name, stackalloc byte[PathBytes.StackSize]),
                     @new = PathBytes.Encode(newName, stackalloc byte[PathBytes.StackSize]))
        {
            if (LibC.LinkAt(from.Handle, old, to.Handle, @new, 0) == 0)
            {
                return LinkResult.Linked;
            }
        }

        var errno = Marshal.GetLastPInvokeError();
        return errno switch
        {
            Errno.NoEntry => LinkResult.SourceMissing,
            Errno.Exists => LinkResult.NameTaken,
            Errno.TooManyLinks or Errno.OtherDevice or Errno.NotPermitted or Errno.NotSupported => LinkResult.Refused,
            _ => throw PosixFailure.Of($"link '{from.PathOf(name)}' to", to.PathOf(newName), errno),
        };
    }

    /// <summary>Makes a symbolic link; fails if the name is taken.</summary>
    public static void SymbolicLink(DirectoryHandle folder, string name, string target)
    {
        fixed (byte* to = PathBytes.Encode(target, stackalloc byte[PathBytes.StackSize]),
                     at = PathBytes.Encode(name, stackalloc byte[PathBytes.StackSize]))
        {
            Check(LibC.SymlinkAt(to, folder.Handle, at), "make symbolic link", folder, name);
        }
    }

    /// <summary>Points a symbolic link elsewhere in one step, whether or not it is there. The folder is not synced.</summary>
    public static void SwapSymbolicLink(DirectoryHandle folder, string name, string target)
    {
        var fresh = name + ".new";
        Remove(folder, fresh, isDirectory: false);
        SymbolicLink(folder, fresh, target);
        Rename(folder, fresh, folder, name, RenameMode.Replace);
    }

    /// <summary>Makes a directory, mode 0755 less the umask.</summary>
    /// <returns>False if the name is taken.</returns>
    public static bool MakeDirectory(DirectoryHandle folder, string name)
    {
        fixed (byte* at = PathBytes.Encode(name, stackalloc byte[PathBytes.StackSize]))
        {
            if (LibC.MkdirAt(folder.Handle, at, 0x1ED) == 0)
            {
                return true;
            }
        }

        var errno = Marshal.GetLastPInvokeError();
        return errno == Errno.Exists ? false : throw PosixFailure.Of("make folder", folder.PathOf(name), errno);
    }

    /// <summary>Removes one name: a file, a symbolic link, or an empty directory.</summary>
    /// <returns>False if it is not there.</returns>
    public static bool Remove(DirectoryHandle folder, string name, bool isDirectory)
    {
        fixed (byte* at = PathBytes.Encode(name, stackalloc byte[PathBytes.StackSize]))
        {
            if (LibC.UnlinkAt(folder.Handle, at, isDirectory ? LibC.AtRemoveDirectory : 0) == 0)
            {
                return true;
            }
        }

        var errno = Marshal.GetLastPInvokeError();
        return errno == Errno.NoEntry ? false : throw PosixFailure.Of("remove", folder.PathOf(name), errno);
    }

    /// <summary>Changes the mode of a file or directory that is known not to be a symbolic link.</summary>
    /// <returns>False if it is not there.</returns>
    public static bool SetMode(DirectoryHandle folder, string name, int mode)
    {
        fixed (byte* at = PathBytes.Encode(name, stackalloc byte[PathBytes.StackSize]))
        {
            if (LibC.FChmodAt(folder.Handle, at, (uint)mode, 0) == 0)
            {
                return true;
            }
        }

        var errno = Marshal.GetLastPInvokeError();
        return errno == Errno.NoEntry ? false : throw PosixFailure.Of("change the mode of", folder.PathOf(name), errno);
    }

    /// <summary>Sets access and modification time; of a symbolic link, its own.</summary>
    public static void SetTime(DirectoryHandle folder, string name, DateTimeOffset time)
    {
        var times = stackalloc LibC.TimeSpec[2];
        times[0].Seconds = times[1].Seconds = time.ToUnixTimeSeconds();
        fixed (byte* at = PathBytes.Encode(name, stackalloc byte[PathBytes.StackSize]))
        {
            Check(LibC.UTimensAt(folder.Handle, at, times, LibC.AtSymlinkNoFollow), "set the time of", folder, name);
        }
    }

    /// <summary>Gives a file, directory or symbolic link the fixed time.</summary>
    public static void SetFixedTime(DirectoryHandle folder, string name) =>
        SetTime(folder, name, DateTimeOffset.FromUnixTimeSeconds(FixedTime.UnixSeconds));

    private static void Check(int result, string call, string path)
    {
        if (result != 0)
        {
            throw PosixFailure.Last(call, path);
        }
    }

    private static void Check(int result, string call, DirectoryHandle folder, string name)
    {
        if (result != 0)
        {
            throw PosixFailure.Last(call, folder.PathOf(name));
        }
    }
}
