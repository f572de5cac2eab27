using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Veridian.Posix;

/// <summary>Reads what is in a directory: names, types, status, link targets. Never follows a symbolic link at the end of a name.</summary>
public static unsafe class Entries
{
    private const int MaxTargetLength = 65_536;

    /// <summary>All names with their types, in the file system's order, read at once; none if the folder was removed after it had been opened.</summary>
    /// <exception cref="Core.Errors.StorageException">It cannot be read.</exception>
    public static List<Entry> List(DirectoryHandle folder)
    {
        var entries = new List<Entry>();
        using var own = Reopen(folder);
        var buffer = new byte[32_768];
        fixed (byte* start = buffer)
        {
            while (true)
            {
                var length = LibC.GetDirectoryEntries(own, start, buffer.Length);
                if (length == 0 || (length < 0 && Marshal.GetLastPInvokeError() == Errno.NoEntry))
                {
                    return entries;
                }

                if (length < 0)
                {
                    throw PosixFailure.Last("list folder", folder.Path);
                }

                AddEntries(folder, buffer.AsSpan(0, (int)length), entries);
            }
        }
    }

    /// <summary>The status of a name; null if it is not there.</summary>
    /// <exception cref="Core.Errors.StorageException">It cannot be asked for.</exception>
    public static EntryStatus? Status(DirectoryHandle folder, string name)
    {
        LibC.StatXResult result;
        fixed (byte* at = PathBytes.Encode(name, stackalloc byte[PathBytes.StackSize]))
        {
            var flags = LibC.AtSymlinkNoFollow | (name.Length == 0 ? LibC.AtEmptyPath : 0);
            if (LibC.StatX(folder.Handle, at, flags, 0x7FF, &result) != 0)
            {
                var errno = Marshal.GetLastPInvokeError();
                return errno is Errno.NoEntry or Errno.NotDirectory ? null : throw PosixFailure.Of("look at", folder.PathOf(name), errno);
            }
        }

        return new EntryStatus(TypeOf(result.Mode >> 12), result.Mode & 0xFFF, (long)result.Size, (int)result.Links, result.Inode, result.Modified, (int)result.ModifiedNanoseconds);
    }

    /// <summary>Where a symbolic link points; null if there is no such link.</summary>
    /// <exception cref="Core.Errors.StorageException">It cannot be read.</exception>
    public static string? ReadLink(DirectoryHandle folder, string name)
    {
        Span<byte> small = stackalloc byte[PathBytes.StackSize];
        fixed (byte* at = PathBytes.Encode(name, stackalloc byte[PathBytes.StackSize]))
        {
            for (var buffer = small; ; buffer = new byte[buffer.Length * 4])
            {
                nint length;
                fixed (byte* start = buffer)
                {
                    length = LibC.ReadLinkAt(folder.Handle, at, start, buffer.Length);
                }

                if (length < 0)
                {
                    var errno = Marshal.GetLastPInvokeError();
                    return errno is Errno.NoEntry or Errno.Invalid or Errno.NotDirectory
                        ? null
                        : throw PosixFailure.Of("read link", folder.PathOf(name), errno);
                }

                if (length < buffer.Length || buffer.Length > MaxTargetLength)
                {
                    return PathBytes.Decode(buffer[..(int)length]);
                }
            }
        }
    }

    /// <summary>The absolute path of what is there, with all symbolic links resolved.</summary>
    /// <exception cref="Core.Errors.StorageException">It is not there, or a folder on the way cannot be searched.</exception>
    public static string RealPath(string path)
    {
        const int Longest = 4096; // PATH_MAX, which realpath never exceeds
        var resolved = stackalloc byte[Longest];
        fixed (byte* at = PathBytes.Encode(path, stackalloc byte[PathBytes.StackSize]))
        {
            return LibC.RealPath(at, resolved) == null
                ? throw PosixFailure.Last("resolve", path)
                : PathBytes.Decode(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(resolved));
        }
    }

    /// <summary>Whether a folder of an overlay's upper part hides all that lower parts have at its place.</summary>
    /// <param name="path">Absolute path. A file system without extended attributes answers no.</param>
    public static bool HidesLower(string path)
    {
        byte value = 0;
        fixed (byte* at = PathBytes.Encode(path, stackalloc byte[PathBytes.StackSize]))
        fixed (byte* name = "user.overlay.opaque\0"u8)
        {
            return LibC.GetAttribute(at, name, &value, 1) == 1 && value == (byte)'y';
        }
    }

    /// <summary>Opens a regular file for reading, following no symbolic link; null if it is not there.</summary>
    /// <exception cref="Core.Errors.StorageException">It cannot be opened.</exception>
    public static FileHandle? TryOpenFile(DirectoryHandle folder, string name)
    {
        var fd = OpenBeneath.Open(folder.Handle, name, LibC.OpenReadOnly, 0);
        if (fd >= 0)
        {
            return new FileHandle(new SafeFileHandle(fd, ownsHandle: true), folder.PathOf(name));
        }

        var errno = Marshal.GetLastPInvokeError();
        return errno is Errno.NoEntry or Errno.NotDirectory ? null : throw PosixFailure.Of("open", folder.PathOf(name), errno);
    }

    /// <summary>The length of an open file in bytes.</summary>
    /// <exception cref="Core.Errors.StorageException">It cannot be asked for.</exception>
    public static long Length(FileHandle file)
    {
        LibC.StatXResult result;
        fixed (byte* itself = "\0"u8)
        {
            return LibC.StatX(file.Handle, itself, LibC.AtEmptyPath, 0x200, &result) == 0
                ? (long)result.Size
                : throw PosixFailure.Last("look at", file.Path);
        }
    }

    /// <summary>Reads on from where the file stands.</summary>
    /// <returns>The number of bytes read; 0 at the end.</returns>
    /// <exception cref="Core.Errors.StorageException">It cannot be read.</exception>
    public static int Read(FileHandle file, Span<byte> buffer)
    {
        fixed (byte* start = buffer)
        {
            while (true)
            {
                var read = LibC.Read(file.Handle, start, buffer.Length);
                if (read >= 0)
                {
                    return (int)read;
                }

                if (Marshal.GetLastPInvokeError() is not (Errno.Interrupted or Errno.TryAgain))
                {
                    throw PosixFailure.Last("read", file.Path);
                }
            }
        }
    }

    private static SafeFileHandle Reopen(DirectoryHandle folder)
    {
        // A second description of its own: two lists at once must not share one position.
        var fd = -1;
        fixed (byte* here = "."u8)
        {
            var added = false;
            try
            {
                folder.Handle.DangerousAddRef(ref added);
                fd = LibC.OpenAt((int)folder.Handle.DangerousGetHandle(), here,
                    LibC.OpenReadOnly | LibC.OpenDirectory | LibC.OpenCloseOnExec, 0);
            }
            finally
            {
                if (added)
                {
                    folder.Handle.DangerousRelease();
                }
            }
        }

        return fd < 0 ? throw PosixFailure.Last("list folder", folder.Path) : new SafeFileHandle(fd, ownsHandle: true);
    }

    private static void AddEntries(DirectoryHandle folder, ReadOnlySpan<byte> records, List<Entry> entries)
    {
        // struct linux_dirent64: inode (8), offset (8), record length (2), type (1), name with NUL.
        while (!records.IsEmpty)
        {
            var length = MemoryMarshal.Read<ushort>(records[16..]);
            var type = records[18];
            var name = records[19..length];
            name = name[..name.IndexOf((byte)0)];
            if (!name.SequenceEqual("."u8) && !name.SequenceEqual(".."u8))
            {
                var text = PathBytes.Decode(name);
                entries.Add(new Entry(text, type == 0 ? Status(folder, text)?.Type ?? EntryType.Special : TypeOf(type)));
            }

            records = records[length..];
        }
    }

    /// <summary>Directory records and the upper bits of a mode use the same numbers.</summary>
    internal static EntryType TypeOf(int number) => number switch
    {
        8 => EntryType.File,
        4 => EntryType.Directory,
        10 => EntryType.SymbolicLink,
        _ => EntryType.Special,
    };
}
