namespace Veridian.Fuzz.Loop;

/// <summary>When a run ends, and what no single case may exceed.</summary>
internal sealed record FuzzLimits
{
    /// <summary>Cases of this run.</summary>
    public long Cases { get; init; } = long.MaxValue;

    /// <summary>Length of this run.</summary>
    public TimeSpan Time { get; init; } = TimeSpan.MaxValue;

    /// <summary>A case that takes more of the processor's time hangs.</summary>
    public static TimeSpan Hang => TimeSpan.FromSeconds(5);

    /// <summary>A case that takes longer by the clock, whatever it waits for, hangs.</summary>
    public static TimeSpan Asleep => TimeSpan.FromMinutes(5);

    /// <summary>What reading one input of a few kilobytes may allocate, in bytes.</summary>
    public static long Allocation => 256L << 20;

    /// <summary>What the whole process may ever hold in memory, in bytes; decoders' memory counts.</summary>
    public static long Resident => 1L << 30;
}
