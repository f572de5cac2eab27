namespace Veridian.Posix;

/// <summary>What <c>ulimit</c> leaves this process of a resource. Numbers as on x86-64, ARM and RISC-V.</summary>
public enum LimitedResource
{
    /// <summary>Processor time, in seconds.</summary>
    ProcessorTime = 0,

    /// <summary>The largest file, in bytes.</summary>
    FileSize = 1,

    /// <summary>Writable private memory, in bytes.</summary>
    Data = 2,

    /// <summary>Processes and threads of the account.</summary>
    Processes = 6,

    /// <summary>Open files.</summary>
    OpenFiles = 7,

    /// <summary>Address space, in bytes.</summary>
    AddressSpace = 9,
}

/// <summary>The limits that this process was started with.</summary>
public static class ResourceLimits
{
    /// <summary>What it may use; null: no limit.</summary>
    public static long? Soft(LimitedResource resource) => Known(Read(resource).Soft);

    /// <summary>What it may allow itself and others; null: no limit.</summary>
    public static long? Hard(LimitedResource resource) => Known(Read(resource).Hard);

    private static long? Known(ulong limit) => limit > long.MaxValue ? null : (long)limit;

    private static unsafe LibC.ResourceLimit Read(LimitedResource resource)
    {
        LibC.ResourceLimit limit;
        return LibC.GetRLimit((int)resource, &limit) == 0 ? limit : new LibC.ResourceLimit { Soft = ulong.MaxValue, Hard = ulong.MaxValue };
    }
}
