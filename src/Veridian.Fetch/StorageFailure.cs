using Veridian.Core.Errors;

namespace Veridian.Fetch;

/// <summary>Turns a failed file operation in the cache into what the person can do about it.</summary>
internal static class StorageFailure
{
    private const int NoSpace = 28;
    private const int Quota = 122;
    private const int ReadOnlyFileSystem = 30;
    private const int WouldBlock = 11;

    public static bool IsBusy(IOException cause) => cause.HResult == WouldBlock;

    public static StorageException Of(string path, Exception cause) => cause switch
    {
        IOException { HResult: NoSpace or Quota } => new StorageException(
            ErrorCodes.DiskFull, $"The disk is full at '{path}'.", "Free some space, for example with 'vpkg gc'.", cause),
        UnauthorizedAccessException or IOException { HResult: ReadOnlyFileSystem } => new StorageException(
            ErrorCodes.ReadOnly, $"'{path}' cannot be written.", "Make the cache folder writable, or choose another one.", cause),
        _ => new StorageException(ErrorCodes.InputOutput, $"'{path}' cannot be read or written: {cause.Message}", "Check the disk.", cause),
    };
}
