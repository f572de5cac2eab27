using Veridian.Core.Packages;

namespace Veridian.Solver.Explaining;

/// <summary>Why no selection satisfies a request: a smallest set of reasons, as trees that start at what was asked for.</summary>
/// <remarks>Source: <c>spec/solving.md</c> S-17. Leaving out any one reason would make the rest satisfiable.</remarks>
/// <param name="Roots">One tree for each requirement that takes part, in the order of the request.</param>
/// <param name="IsMinimal">False when the time ran out before every reason had been tried without: then some may be superfluous.</param>
public sealed record Conflict(IReadOnlyList<ConflictNode> Roots, bool IsMinimal);

/// <summary>What a <see cref="ConflictNode"/> states.</summary>
public enum ConflictKind
{
    /// <summary>It was asked for.</summary>
    Requested = 0,

    /// <summary>Every version named needs one of the alternatives.</summary>
    Needs = 1,

    /// <summary>No version named can stand beside the alternatives.</summary>
    ConflictsWith = 2,

    /// <summary>The name is excluded or held by the request.</summary>
    Forbidden = 3,

    /// <summary>The versions named have not been known for as long as the request wants.</summary>
    TooYoung = 4,
}

/// <summary>One reason.</summary>
/// <param name="Kind">What is stated.</param>
/// <param name="Subject">The package it is stated of; the asked name for <see cref="ConflictKind.Requested"/>.</param>
/// <param name="Versions">The versions of the subject it is stated of, best first; empty where it is stated of all or is a request.</param>
/// <param name="Alternatives">What is asked for, needed or refused.</param>
/// <param name="Matches">How many packages of the index the alternatives match.</param>
/// <param name="Origin">Where it was asked for; empty for rows of the index.</param>
/// <param name="Because">The reasons that follow from this one.</param>
public sealed record ConflictNode(
    ConflictKind Kind,
    string Subject,
    IReadOnlyList<string> Versions,
    IReadOnlyList<Relation> Alternatives,
    int Matches,
    string Origin,
    IReadOnlyList<ConflictNode> Because)
{
    /// <summary>Of a conflict with a provided name: who of those that take part provides it, sorted.</summary>
    public IReadOnlyList<string> Providers { get; init; } = [];

    /// <summary>Whether this stands for many rows, each of some of the versions and with an alternative of its own.</summary>
    public bool EachItsOwn { get; init; }
}
