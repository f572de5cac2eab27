using Veridian.Core.Packages;

namespace Veridian.Solver;

/// <summary>One thing the profile asks for.</summary>
/// <remarks>Source: <c>spec/solving.md</c> S-2.</remarks>
/// <param name="Relation">The name asked for (real or virtual) and its versions; a profile's constraint has kind <see cref="RelationKind.Set"/>.</param>
/// <param name="Origin">Where it was asked for, for messages: <c>vpkg.toml:5</c>; may be empty.</param>
public sealed record Requirement(Relation Relation, string Origin)
{
    /// <summary>Left out of the answer when nothing can satisfy it; satisfied whenever that is possible at all (S-10).</summary>
    public bool Optional { get; init; }

    /// <summary>The rows this package recommends are wanted too, as with <see cref="SolveRequest.Recommends"/> but for this name only.</summary>
    public bool Recommends { get; init; }

    /// <summary>Only versions of the name itself count, not those of packages that provide it.</summary>
    public bool Itself { get; init; }
}
