using Veridian.Core.Units;

namespace Veridian.Posix;

/// <summary>What is left for an ordinary user on a file system.</summary>
/// <param name="Free">Bytes.</param>
/// <param name="FreeInodes">Files; <see cref="long.MaxValue"/> where the file system has no such limit.</param>
public readonly record struct DiskSpace(ByteCount Free, long FreeInodes)
{
    /// <summary>Asks the file system that holds the folder.</summary>
    /// <exception cref="Core.Errors.StorageException">It cannot be asked.</exception>
    public static unsafe DiskSpace Of(DirectoryHandle folder)
    {
        LibC.StatVfs result;
        if (LibC.FStatVfs(folder.Handle, &result) != 0)
        {
            throw PosixFailure.Last("ask for the free space of", folder.Path);
        }

        var bytes = UInt128.Min((UInt128)result.AvailableBlocks * result.FragmentSize, (UInt128)long.MaxValue);
        return new DiskSpace(new ByteCount((long)bytes), result.Files == 0 ? long.MaxValue : (long)result.AvailableFiles);
    }
}
