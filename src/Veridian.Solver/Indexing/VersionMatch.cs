using Veridian.Core.Packages;

namespace Veridian.Solver.Indexing;

/// <summary>Whether versions satisfy one relation; a constraint in the profile's grammar is read once per scheme.</summary>
/// <exception cref="Veridian.Core.Errors.InvalidInputException">The constraint cannot be read.</exception>
internal sealed class VersionMatch(RelationKind kind, string bound)
{
    private VersionSet? set;

    /// <summary>The relation has no bound: it holds even for a name provided without a version.</summary>
    public bool IsAny { get; } = kind == RelationKind.Any || kind == RelationKind.Set && bound is "" or "*";

    public bool Holds(VersionScheme scheme, string version) => IsAny
        || (kind == RelationKind.Set ? SetFor(scheme).Contains(version) : VersionOrder.Satisfies(scheme, version, kind, bound));

    private VersionSet SetFor(VersionScheme scheme)
    {
        if (set is null || set.Scheme != scheme)
        {
            set = ConstraintParser.Parse(scheme, bound, null);
        }

        return set;
    }
}
