using System.Runtime.InteropServices;

namespace Veridian.Posix;

/// <summary>
/// Looks at paths as the kernel sees them, following symbolic links. For the verbs that must start at once: the framework's
/// first look at a file costs as much as a sixth of an empty process, these calls share what the rest of this library uses.
/// </summary>
public static unsafe class PathLookup
{
    private const int LongestPath = 4096; // PATH_MAX

    /// <summary>The working folder.</summary>
    /// <exception cref="Core.Errors.StorageException">It was removed, or cannot be reached.</exception>
    public static string WorkingFolder()
    {
        var buffer = stackalloc byte[LongestPath];
        return LibC.GetCwd(buffer, LongestPath) == null
            ? throw PosixFailure.Last("find the working folder", ".")
            : PathBytes.Decode(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(buffer));
    }

    /// <summary>What is at the path, links followed; null if nothing is, or it cannot be looked at.</summary>
    public static EntryType? TypeOf(string path)
    {
        LibC.StatXResult result;
        fixed (byte* at = PathBytes.Encode(path, stackalloc byte[PathBytes.StackSize]))
        {
            return LibC.StatXAt(LibC.AtCurrentFolder, at, 0, 1, &result) == 0 ? Entries.TypeOf(result.Mode >> 12) : null;
        }
    }

    /// <summary>Whether the path itself is a symbolic link.</summary>
    public static bool IsLink(string path)
    {
        LibC.StatXResult result;
        fixed (byte* at = PathBytes.Encode(path, stackalloc byte[PathBytes.StackSize]))
        {
            return LibC.StatXAt(LibC.AtCurrentFolder, at, LibC.AtSymlinkNoFollow, 1, &result) == 0
                && Entries.TypeOf(result.Mode >> 12) == EntryType.SymbolicLink;
        }
    }
}
