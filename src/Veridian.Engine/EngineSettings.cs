namespace Veridian.Engine;

/// <summary>What the options of a command ask of every use case.</summary>
public sealed record EngineSettings
{
    /// <summary>Opens no socket; what is then missing is an error.</summary>
    public bool Offline { get; init; }

    /// <summary>The lock must already fit the profile.</summary>
    public bool Locked { get; init; }

    /// <summary>The lock is realised as it stands, without looking at metadata.</summary>
    public bool Frozen { get; init; }

    /// <summary>Metadata is fetched anew even where the cached one would do.</summary>
    public bool Refresh { get; init; }

    /// <summary>The solver goes straight to Z3 (decision 28); the answer must be the same.</summary>
    public bool ForceZ3 { get; init; }

    /// <summary>How long a solve may look for a better answer; zero for as long as it takes (S-19).</summary>
    public TimeSpan SolveTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The time whose state of the repositories is solved with; null: what the profile says, or the present.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>How many objects are unpacked at once; 0 is one per processor.</summary>
    public int Jobs { get; init; }
}
