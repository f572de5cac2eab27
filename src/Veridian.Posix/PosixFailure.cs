using System.Runtime.InteropServices;
using Veridian.Core.Errors;

namespace Veridian.Posix;

/// <summary>Turns a failed call into the error a person reads: what was tried, on which path, and what to do.</summary>
/// <remarks>Source: <c>spec/store.md</c> ST-1.</remarks>
public static class PosixFailure
{
    /// <summary>The exception for an error number of a call on a path.</summary>
    public static StorageException Of(string call, string path, int errno)
    {
        var cause = Marshal.GetPInvokeErrorMessage(errno);
        var message = $"Cannot {call} '{path}': {cause}.";
        return errno switch
        {
            Errno.NoSpace or Errno.Quota => new StorageException(ErrorCodes.DiskFull, message,
                "Free space with 'vpkg gc' or on that file system, then run the command again."),
            Errno.ReadOnlyFileSystem or Errno.AccessDenied or Errno.NotPermitted => new StorageException(ErrorCodes.ReadOnly, message,
                "Make the folder writable for this user, or choose another store."),
            Errno.TooManyFiles or Errno.TooManyFilesInSystem => new StorageException(ErrorCodes.InputOutput, message,
                "Raise the limit on open files with 'ulimit -n', then run the command again."),
            Errno.NoMemory => new StorageException(ErrorCodes.InputOutput, message,
                "Free memory, then run the command again."),
            _ => new StorageException(ErrorCodes.InputOutput, message,
                "Check the disk and the kernel's log, then run 'vpkg verify'."),
        };
    }

    internal static StorageException Last(string call, string path) => Of(call, path, Marshal.GetLastPInvokeError());
}
