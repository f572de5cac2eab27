namespace Veridian.Solver;

/// <summary>What is to be solved. Names and versions are texts of the index; unknown ones are answers, not errors.</summary>
/// <remarks>Source: <c>spec/solving.md</c> S-2.</remarks>
public sealed record SolveRequest
{
    /// <summary>What is asked for; the order does not change the answer.</summary>
    public required IReadOnlyList<Requirement> Requirements { get; init; }

    /// <summary>Version locked before, by name. A version the index no longer has locks nothing (S-9).</summary>
    public IReadOnlyDictionary<string, string> Locked { get; init; } = new Dictionary<string, string>();

    /// <summary>Every package whose newest version is essential is asked for as well.</summary>
    public bool Essential { get; init; }

    /// <summary>Recommended rows are wanted (S-12).</summary>
    public bool Recommends { get; init; }

    /// <summary>Names that are never installed.</summary>
    public IReadOnlyList<string> Excluded { get; init; } = [];

    /// <summary>Names that are there without being installed: every row that one of their versions satisfies is satisfied.</summary>
    public IReadOnlyList<string> AssumedPresent { get; init; } = [];

    /// <summary>Names that may only be installed in some of their versions.</summary>
    public IReadOnlyList<Hold> Holds { get; init; } = [];

    /// <summary>Sources whose young versions are not installed; at most one for each source.</summary>
    public IReadOnlyList<AgeLimit> Ages { get; init; } = [];

    /// <summary>When to stop looking for a better answer.</summary>
    public SolveLimits Limits { get; init; } = new();

    /// <summary>Skip the Horn pass and let Z3 answer. The answer is the same.</summary>
    public bool ForceZ3 { get; init; }
}
