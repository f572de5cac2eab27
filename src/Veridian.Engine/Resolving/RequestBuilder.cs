using Veridian.Core.Errors;
using Veridian.Core.Packages;
using Veridian.Formats.Lockfile;
using Veridian.Formats.Profile;
using Veridian.Solver;

namespace Veridian.Engine.Resolving;

/// <summary>Turns an evaluated profile and an old lock into a request to the solver.</summary>
public static class RequestBuilder
{
    /// <summary>Makes the request. Pure.</summary>
    /// <param name="profile">What is wanted.</param>
    /// <param name="old">What was locked before, or null.</param>
    /// <param name="move">Names whose lock may move; null for none, empty for all.</param>
    /// <param name="forceZ3">Skip the short cut.</param>
    /// <exception cref="InvalidInputException">A constraint cannot be read.</exception>
    public static SolveRequest Make(EvaluatedProfile profile, LockedSelection? old, IReadOnlyCollection<string>? move, bool forceZ3) => new()
    {
        Requirements = [.. profile.Requirements.Select(ToRequirement), .. profile.Requirements.SelectMany(Features)],
        Locked = LockedVersions.Of(old, move),
        Essential = true,
        Recommends = profile.Recommends,
        // Decision 15: the tree is merged already; the package that would merge it breaks it.
        Excluded = ["usrmerge"],
        AssumedPresent = ["usr-is-merged"],
        Holds = [.. Holds(profile, old)],
        ForceZ3 = forceZ3,
    };

    private static Requirement ToRequirement(ProfileRequirement wanted)
    {
        // Read once here, so that an error carries the place.
        ConstraintParser.Parse(VersionScheme.Deb, wanted.Constraint, wanted.Span);
        var relation = wanted.Constraint is "" or "*"
            ? new Relation(wanted.Name, RelationKind.Any, "")
            : new Relation(wanted.Name, RelationKind.Set, wanted.Constraint);
        return new Requirement(relation, wanted.Span.ToString())
        {
            Optional = wanted.Optional,
            Recommends = wanted.Recommends ?? false,
        };
    }

    /// <summary>S-22: a feature is a package of its own, named or provided.</summary>
    private static IEnumerable<Requirement> Features(ProfileRequirement wanted) => wanted.Features.Select(feature =>
        new Requirement(new Relation($"{wanted.Name}[{feature}]", RelationKind.Any, ""), wanted.Span.ToString()) { Optional = wanted.Optional });

    private static IEnumerable<Hold> Holds(EvaluatedProfile profile, LockedSelection? old)
    {
        foreach (var wanted in profile.Requirements)
        {
            if (wanted.Hold && old?.Packages.FirstOrDefault(package => package.Name == wanted.Name) is { } locked)
            {
                yield return new Hold(new Relation(wanted.Name, RelationKind.Equal, locked.Version), $"hold in {wanted.Span}");
            }
        }
    }
}
