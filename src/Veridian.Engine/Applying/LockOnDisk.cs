using Veridian.Engine.Locating;
using Veridian.Formats.Lockfile;

namespace Veridian.Engine.Applying;

/// <summary>The lock beside a profile.</summary>
internal static class LockOnDisk
{
    private const int MaxBytes = 64 << 20;

    /// <summary>Reads it; null where there is none.</summary>
    /// <exception cref="Core.Errors.InvalidInputException">It cannot be read as a lock.</exception>
    public static LockFile? TryRead(ProfileLocation location) =>
        BoundedFile.TryRead(location.LockPath, MaxBytes) is { } bytes ? LockFileReader.Read(bytes, Path.GetFileName(location.LockPath)) : null;
}
