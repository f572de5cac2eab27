using Veridian.Core.Errors;

namespace Veridian.Fetch;

/// <summary>Turns a failed file operation in the cache into what the person can do about it.</summary>
internal static class StorageFailure
{
    private const int TooManyFilesInSystem = 23;
    private const int TooManyFiles = 24;
    private const int NoSpace = 28;
    private const int Quota = 122;
    private const int ReadOnlyFileSystem = 30;
    private const int WouldBlock = 11;

    /// <summary>It is this computer that has no descriptors left; whose file it is does not matter.</summary>
    public static bool IsShortage(Exception cause) => cause is IOException { HResult: TooManyFilesInSystem or TooManyFiles };

    public static bool IsBusy(IOException cause) => cause.HResult == WouldBlock;

    public static StorageException Of(string path, Exception cause) => cause switch
    {
        IOException { HResult: NoSpace or Quota } => new StorageException(
            ErrorCodes.DiskFull, $"The disk is full at '{path}'.", "Free some space, for example with 'vpkg gc'.", cause),
        UnauthorizedAccessException or IOException { HResult: ReadOnlyFileSystem } => new StorageException(
            ErrorCodes.ReadOnly, $"'{path}' cannot be written.", "Make the cache folder writable, or choose another one.", cause),
        _ when IsShortage(cause) => new StorageException(
            ErrorCodes.OutOfResources, $"'{path}' cannot be opened: {cause.Message}", "Raise the limit on open files with 'ulimit -n', then run the command again.", cause),
        _ => new StorageException(ErrorCodes.InputOutput, $"'{path}' cannot be read or written: {cause.Message}", "Check the disk.", cause),
    };
}
