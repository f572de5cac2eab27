using System.Diagnostics;
using Veridian.Solver.Explaining;

namespace Veridian.Solver;

/// <summary>The answer to a <see cref="SolveRequest"/>. Closed: the five nested cases are all there are.</summary>
public abstract record SolveResult
{
    private SolveResult() { }

    /// <summary>The best selection there is, checked (S-14).</summary>
    /// <param name="Versions">Version ids of the index in install order: what a package depends on stands before it (S-15).</param>
    /// <param name="Objective">What the answer costs on each level.</param>
    /// <param name="ByHorn">True if the Horn theorem (S-13) certifies the answer, false if Z3 does.</param>
    /// <param name="Skipped">Optional requirements that are not satisfied.</param>
    public sealed record Solved(IReadOnlyList<int> Versions, ObjectiveVector Objective, bool ByHorn, IReadOnlyList<Requirement> Skipped) : SolveResult
    {
        /// <summary>Null when the answer is proved to be the best. Else the limits ran out first, and no selection can cost less than this (S-19).</summary>
        public ObjectiveVector? Bound { get; init; }

        /// <summary>What certifies the answer: <c>Horn</c> or <c>Z3</c>; for one that is not proved to be the best, <c>best found, bound N</c>.</summary>
        public string Proof => Bound is { } bound ? $"best found, bound {bound}" : ByHorn ? "Horn" : "Z3";
    }

    /// <summary>No selection satisfies the request.</summary>
    /// <param name="Conflict">Why.</param>
    public sealed record Unsolvable(Conflict Conflict) : SolveResult;

    /// <summary>The limits ran out before any selection was found, or shown not to exist.</summary>
    public sealed record Undecided : SolveResult;

    /// <summary>A requirement names something that the index neither has nor provides.</summary>
    /// <param name="Requirement">The first such requirement.</param>
    /// <param name="DidYouMean">At most five names of the index that look like it, best first.</param>
    public sealed record UnknownName(Requirement Requirement, IReadOnlyList<string> DidYouMean) : SolveResult;

    /// <summary>The name is known, but no version of it matches.</summary>
    /// <param name="Requirement">The first such requirement.</param>
    /// <param name="Available">The versions there are, best first; for a virtual name, the providers as <c>name version</c>.</param>
    public sealed record NoMatchingVersion(Requirement Requirement, IReadOnlyList<string> Available) : SolveResult;

    /// <summary>Calls the function of the case this is.</summary>
    public T Match<T>(Func<Solved, T> solved, Func<Unsolvable, T> unsolvable, Func<UnknownName, T> unknownName, Func<NoMatchingVersion, T> noMatchingVersion, Func<Undecided, T> undecided) => this switch
    {
        Solved s => solved(s),
        Unsolvable u => unsolvable(u),
        UnknownName n => unknownName(n),
        NoMatchingVersion v => noMatchingVersion(v),
        Undecided u => undecided(u),
        _ => throw new UnreachableException(),
    };
}
