namespace Veridian.Solver;

/// <summary>What a solve may cost at most. When it runs out, the best answer so far is given and says so (S-19).</summary>
public sealed record SolveLimits
{
    /// <summary>Conflicts that Z3 may meet in one question before it gives up, unless the caller sets another number.</summary>
    public const int DefaultConflicts = 5_000_000;

    /// <summary>Ends the search for a better answer when it fires. Whoever makes it owns the clock.</summary>
    public CancellationToken Deadline { get; init; }

    /// <summary>The most conflicts in one question to Z3. The same number gives the same answer on every machine.</summary>
    public int Conflicts { get; init; } = DefaultConflicts;

    /// <summary>The most questions to Z3 in one search.</summary>
    public int Questions { get; init; } = int.MaxValue;
}
