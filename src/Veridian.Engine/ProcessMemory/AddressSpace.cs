using Veridian.Core.Errors;
using Veridian.Core.Units;
using Veridian.Posix;

namespace Veridian.Engine.ProcessMemory;

/// <summary>What <c>ulimit</c> leaves the process of memory.</summary>
public static class AddressSpace
{
    // With less, threads and native libraries find no room, of which not every place can tell; nearly all of it is reserved and never used.
    private static readonly ByteCount Least = new(2L << 30);

    /// <summary>Whether somebody has set a limit.</summary>
    public static bool IsLimited => ResourceLimits.Soft(LimitedResource.AddressSpace) is not null || ResourceLimits.Soft(LimitedResource.Data) is not null;

    /// <summary>Insists on as much as any command may need.</summary>
    /// <exception cref="StorageException"><see cref="ErrorCodes.OutOfResources"/>.</exception>
    public static void Require()
    {
        if (ResourceLimits.Soft(LimitedResource.AddressSpace) is { } limit && limit < Least.Bytes)
        {
            throw new StorageException(
                ErrorCodes.OutOfResources, $"The address space of a process is limited to {new ByteCount(limit)}; vpkg needs {Least} of it, most of it unused.",
                $"Raise the limit, which 'ulimit -v' shows: 'ulimit -v {Least.Bytes >> 10}' is enough. To limit memory that is in use, limit the control group instead.");
        }
    }
}
