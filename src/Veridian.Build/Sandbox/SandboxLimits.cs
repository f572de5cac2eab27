using Veridian.Core.Units;
using Veridian.Posix;

namespace Veridian.Build.Sandbox;

/// <summary>How much a sandboxed command may use. A null means: as much as the caller itself.</summary>
/// <remarks>Source: <c>spec/sandbox.md</c> B-5.</remarks>
public sealed record SandboxLimits
{
    /// <summary>Wall-clock time until everything inside is killed.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How much of standard output and of standard error is kept, each; the rest is read and dropped.</summary>
    public ByteCount Output { get; init; } = new(1 << 20);

    /// <summary>Address space of each process.</summary>
    public ByteCount? AddressSpace { get; init; }

    /// <summary>The largest file a process may write.</summary>
    public ByteCount? FileSize { get; init; }

    /// <summary>Processor time of each process.</summary>
    public TimeSpan? ProcessorTime { get; init; }

    /// <summary>Processes and threads of the caller's account, those outside counted.</summary>
    public int? Processes { get; init; }

    /// <summary>Open files of each process.</summary>
    public int? OpenFiles { get; init; }

    /// <summary>Processes that run at once inside; looked at several times a second, and where the command has an overlay kept by the kernel, too (B-12, B-13).</summary>
    public int? RunningProcesses { get; init; }

    /// <summary>What the overlay's upper folder may take on disk; looked at several times a second.</summary>
    public ByteCount? Written { get; init; }

    /// <summary>These limits, or the caller's own where they are lower: nobody can give more than they have.</summary>
    /// <param name="own">The caller's limit of a resource; null: none.</param>
    public SandboxLimits Within(Func<LimitedResource, long?> own)
    {
        return this with
        {
            AddressSpace = Least(AddressSpace?.Bytes, LimitedResource.AddressSpace) is { } space ? new ByteCount(space) : null,
            FileSize = Least(FileSize?.Bytes, LimitedResource.FileSize) is { } size ? new ByteCount(size) : null,
            ProcessorTime = Least(ProcessorTime is { } time ? (long)Math.Ceiling(time.TotalSeconds) : null, LimitedResource.ProcessorTime) is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            Processes = (int?)Least(Processes, LimitedResource.Processes),
            OpenFiles = (int?)Least(OpenFiles, LimitedResource.OpenFiles),
        };

        long? Least(long? wanted, LimitedResource resource) => wanted is { } number && own(resource) is { } most ? Math.Min(number, most) : wanted;
    }
}
