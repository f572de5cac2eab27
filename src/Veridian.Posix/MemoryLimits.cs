namespace Veridian.Posix;

/// <summary>What <c>ulimit</c> leaves this process of memory.</summary>
public static class MemoryLimits
{
    private const int Data = 2; // RLIMIT_DATA
    private const int AddressSpace = 9; // RLIMIT_AS

    /// <summary>Whether address space or data are limited at all.</summary>
    public static bool Any => IsLimited(Data) || IsLimited(AddressSpace);

    private static unsafe bool IsLimited(int resource)
    {
        LibC.ResourceLimit limit;
        return LibC.GetRLimit(resource, &limit) == 0 && limit.Soft != ulong.MaxValue;
    }
}
