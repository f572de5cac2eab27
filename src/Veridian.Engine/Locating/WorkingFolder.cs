using Veridian.Posix;

namespace Veridian.Engine.Locating;

/// <summary>Where the command was started.</summary>
public static class WorkingFolder
{
    /// <summary>Its absolute path.</summary>
    /// <exception cref="Core.Errors.StorageException">It was removed.</exception>
    public static string Path() => PathLookup.WorkingFolder();
}
