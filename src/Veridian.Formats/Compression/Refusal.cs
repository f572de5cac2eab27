using Veridian.Core.Errors;

namespace Veridian.Formats.Compression;

/// <summary>What is said of compressed bytes that are not decoded.</summary>
internal static class Refusal
{
    internal static UntrustedException Of(string message, Exception? cause = null) =>
        new(ErrorCodes.ArchiveRefused, message, "Fetch it again; if it is refused again, tell the repository's owner.", cause);

    internal static StorageException NoMemory(string format, Exception? cause = null) =>
        new(ErrorCodes.OutOfResources, $"There is not enough memory to decompress {format} data.", "Free memory, or raise what 'ulimit -v' shows, then run the command again.", cause);

    internal static UnavailableException MissingLibrary(string soname, string package, Exception cause) =>
        new(ErrorCodes.NativeLibraryMissing, $"The library {soname} cannot be loaded.", $"Install the Debian package '{package}'.", cause);
}
