using System.Runtime.InteropServices;
using Veridian.Core.Errors;

namespace Veridian.Posix;

/// <summary>Turns a failed call into the error a person reads: what was tried, on which path, and what to do.</summary>
/// <remarks>Source: <c>spec/store.md</c> ST-1.</remarks>
public static class PosixFailure
{
    private const int LargestNumber = 133; // what .NET makes up itself is negative

    /// <summary>The exception for an error number of a call on a path.</summary>
    public static StorageException Of(string call, string path, int errno) =>
        Of($"Cannot {call} '{path}': {Marshal.GetPInvokeErrorMessage(errno)}.", errno, null);

    /// <summary>The exception for what a file call of .NET's own threw; null where no failing disk is behind it.</summary>
    public static StorageException? Of(Exception thrown) => thrown switch
    {
        StorageException known => known,
        UnauthorizedAccessException => Of($"A file cannot be used: {thrown.Message}", Errno.AccessDenied, thrown),
        DirectoryNotFoundException => new StorageException(ErrorCodes.InputOutput, $"A file cannot be used: {thrown.Message}", "Run 'vpkg doctor', which looks at every folder.", thrown),
        IOException { HResult: > 0 and <= LargestNumber } => Of($"A file cannot be used: {thrown.Message}", thrown.HResult, thrown),
        FileNotFoundException or DirectoryNotFoundException => Of($"A file or folder is not there: {thrown.Message}", Errno.NoEntry, thrown),
        _ => null,
    };

    internal static StorageException Last(string call, string path) => Of(call, path, Marshal.GetLastPInvokeError());

    private static StorageException Of(string message, int errno, Exception? cause) => errno switch
    {
        Errno.NoSpace or Errno.Quota => new StorageException(ErrorCodes.DiskFull, message,
            "Free space with 'vpkg gc' or on that file system, then run the command again.", cause),
        Errno.ReadOnlyFileSystem or Errno.AccessDenied or Errno.NotPermitted => new StorageException(ErrorCodes.ReadOnly, message,
            "Make it writable for this account, or use another place ('--root DIR' for all that vpkg keeps).", cause),
        Errno.TooManyFiles or Errno.TooManyFilesInSystem => new StorageException(ErrorCodes.OutOfResources, message,
            "Raise the limit on open files with 'ulimit -n', then run the command again.", cause),
        Errno.NoMemory => new StorageException(ErrorCodes.OutOfResources, message,
            "Free memory, then run the command again.", cause),
        _ => new StorageException(ErrorCodes.InputOutput, message,
            "Check the disk and the kernel's log, then run 'vpkg verify'.", cause),
    };
}
