using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Veridian.Posix;

/// <summary>A <c>flock</c> on a file. It vanishes with its owner, however that ends: there is no stale lock.</summary>
/// <remarks>Source: <c>spec/store.md</c> ST-6. The file stays; its content means nothing.</remarks>
public sealed unsafe class FileLock : IDisposable
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(100);
    private readonly SafeFileHandle _file;

    private FileLock(SafeFileHandle file) => _file = file;

    /// <summary>Takes the lock if nobody is in the way; null otherwise. The file is made if it is missing.</summary>
    /// <exception cref="Core.Errors.StorageException">The file cannot be opened or locked.</exception>
    public static FileLock? Try(string path, bool exclusive)
    {
        var file = Open(path);
        if (LibC.FLock(file, (exclusive ? LibC.LockExclusive : LibC.LockShared) | LibC.LockNonBlocking) == 0)
        {
            return new FileLock(file);
        }

        var errno = Marshal.GetLastPInvokeError();
        file.Dispose();
        return errno is Errno.TryAgain or Errno.Interrupted ? null : throw PosixFailure.Of("lock", path, errno);
    }

    /// <summary>Takes the lock, waiting at most <paramref name="wait"/>; null if somebody still holds it then.</summary>
    /// <exception cref="Core.Errors.StorageException">The file cannot be opened or locked.</exception>
    public static FileLock? Wait(string path, bool exclusive, TimeSpan wait, TimeProvider time, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        for (var pause = TimeSpan.FromMilliseconds(1); ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            if (Try(path, exclusive) is { } taken)
            {
                return taken;
            }

            if (time.GetElapsedTime(start) >= wait)
            {
                return null;
            }

            cancellationToken.WaitHandle.WaitOne(pause);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static SafeFileHandle Open(string path)
    {
        fixed (byte* name = PathBytes.Encode(path, stackalloc byte[PathBytes.StackSize]))
        {
            var fd = LibC.OpenAt(LibC.AtCurrentFolder, name, LibC.OpenReadOnly | LibC.OpenCloseOnExec, 0);
            if (fd < 0 && Marshal.GetLastPInvokeError() == Errno.NoEntry)
            {
                fd = LibC.OpenAt(LibC.AtCurrentFolder, name, LibC.OpenReadWrite | LibC.OpenCreate | LibC.OpenCloseOnExec, 0x1A4);
            }

            return fd < 0 ? throw PosixFailure.Last("open lock", path) : new SafeFileHandle(fd, ownsHandle: true);
        }
    }
}
