using System.Text;
using Veridian.Core.Errors;
using Veridian.Core.Hashing;
using Veridian.Core.Packages;
using Veridian.Core.Text;
using Veridian.Engine.Syncing;
using Veridian.Formats.Lockfile;
using Veridian.Formats.Profile;
using Veridian.Solver;
using Veridian.Solver.Indexing;

namespace Veridian.Engine.Resolving;

/// <summary>From a profile and metadata to a lock, or to the reasons why there is none.</summary>
internal static class Resolver
{
    /// <summary>The digest by which a lock says which profile it fits.</summary>
    public static string InputsOf(EvaluatedProfile profile) => Blake3.Hash(Encoding.UTF8.GetBytes(profile.CanonicalText())).ToString();

    /// <summary>What the solver is asked.</summary>
    /// <exception cref="UnsolvableException">A repository that a requirement insists on has no version of it.</exception>
    public static SolveRequest RequestOf(
        Workspace workspace, EvaluatedProfile profile, SyncedMetadata metadata, LockedSelection? old, IReadOnlyCollection<string>? move, bool forceZ3, SolveLimits limits)
    {
        var request = RequestBuilder.Make(profile, old, WithProviders(metadata.Index, move), forceZ3);
        return request with { Limits = limits, Holds = [.. request.Holds, .. HoldsOfProviders(profile, metadata.Index, old), .. RepositoryLimits.Of(profile, metadata)], Ages = AgeLimits.Of(workspace, profile, metadata.Snapshot) };
    }

    /// <summary>Whoever moves a virtual name moves the packages that provide it.</summary>
    private static IReadOnlyCollection<string>? WithProviders(PackageIndex index, IReadOnlyCollection<string>? move) =>
        move is null ? null : [.. move, .. move.SelectMany(name => ProvidersOf(index, name))];

    /// <summary>Whoever holds a virtual name holds the packages of the lock that provide it (P-20).</summary>
    private static IEnumerable<Hold> HoldsOfProviders(EvaluatedProfile profile, PackageIndex index, LockedSelection? old) =>
        from wanted in profile.Requirements
        let packages = wanted.Hold ? old?.Packages ?? [] : []
        where packages.All(package => package.Name != wanted.Name)
        let providers = ProvidersOf(index, wanted.Name).ToHashSet(StringComparer.Ordinal)
        from locked in packages
        where providers.Contains(locked.Name)
        select new Hold(new Relation(locked.Name, RelationKind.Equal, locked.Version), $"hold in {wanted.Span}");

    private static IEnumerable<string> ProvidersOf(PackageIndex index, string name) =>
        index.FindName(name) is >= 0 and var number ? index.ProvidersOf(number).Select(provider => index.NameText(index.NameOf(provider.Version))) : [];

    /// <summary>Solves.</summary>
    /// <exception cref="UnsolvableException">No selection satisfies the profile, or a name or version does not exist.</exception>
    public static SolveOutcome Solve(
        Workspace workspace, EvaluatedProfile profile, SyncedMetadata metadata, LockedSelection? old, SolveRequest request, CancellationToken cancellationToken)
    {
        var solved = Solve(workspace, metadata, request, cancellationToken);
        var builder = new SelectionBuilder(metadata);
        if (builder.LeftOut(profile, solved.Versions) is { Count: > 0 } leftOut)
        {
            workspace.Observer.On(new Progress.EngineEvent.Warning($"Left out, because optional and not to be had: {string.Join(", ", leftOut)}."));
        }

        var selection = builder.Make(profile, InputsOf(profile), solved.Versions, old);
        return new SolveOutcome(selection with { Proof = solved.Bound is null ? "" : solved.Proof }, solved.Proof);
    }

    /// <summary>The solver's answer, or the error that says why there is none.</summary>
    /// <exception cref="UnsolvableException">No selection satisfies the request, or a name or version does not exist.</exception>
    /// <exception cref="VeridianBugException">The answer is wrong; the message names the file that the request was saved in (S-23).</exception>
    public static SolveResult.Solved Solve(Workspace workspace, SyncedMetadata metadata, SolveRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return Solve(metadata, request, cancellationToken);
        }
        catch (VeridianBugException wrong) when (wrong.Code == ErrorCodes.AnswerCheckFailed)
        {
            throw SolverReport.Save(workspace, metadata.Index, request, wrong);
        }
    }

    private static SolveResult.Solved Solve(SyncedMetadata metadata, SolveRequest request, CancellationToken cancellationToken) =>
        PackageSolver.Solve(metadata.Index, request, cancellationToken).Match(
            solved => solved,
            unsolvable => throw ConflictReport.Make(metadata.Index, request, unsolvable.Conflict, cancellationToken),
            unknown => throw Unknown(unknown),
            noVersion => throw new UnsolvableException(ErrorCodes.NoMatchingVersion,
                $"No version of '{noVersion.Requirement.Relation.Name}' matches '{noVersion.Requirement.Relation.Version}'.",
                noVersion.Available.Count > 0
                    ? $"Choose one of: {string.Join(", ", noVersion.Available.Take(8))}."
                    : "Correct the constraint.",
                place: PlaceOf(noVersion.Requirement)),
            _ => throw new UnsolvableException(ErrorCodes.SolveUndecided,
                "No selection was found within the time allowed, and none was shown not to exist.",
                "Give more time with '--solve-timeout', or ask for fewer packages."));

    private static UnsolvableException Unknown(SolveResult.UnknownName unknown)
    {
        var name = unknown.Requirement.Relation.Name;
        var (message, otherwise) = name.Split('[', ']') is [var package, var feature, ..]
            ? ($"No repository has the feature '{feature}' of package '{package}': nothing is called or provides '{name}'.", "Leave the feature out.")
            : ($"No package is called '{name}'.", $"Run 'vpkg search {name}'.");
        return new UnsolvableException(
            ErrorCodes.NoMatchingPackage, message, unknown.DidYouMean.Count > 0 ? $"Did you mean {string.Join(", ", unknown.DidYouMean)}?" : otherwise,
            place: PlaceOf(unknown.Requirement));
    }

    // The solver knows places as texts only: file:line:column, or file:line.
    private static SourceSpan? PlaceOf(Requirement requirement)
    {
        if (requirement.Origin == Inspecting.Counterfactual.Origin)
        {
            return null;
        }

        var parts = requirement.Origin.Split(':');
        return parts.Length >= 3 && PlainNumber.TryRead(parts[^1], out int column) && PlainNumber.TryRead(parts[^2], out int line) ? new SourceSpan(string.Join(':', parts[..^2]), line, column)
            : parts.Length >= 2 && PlainNumber.TryRead(parts[^1], out int only) ? new SourceSpan(string.Join(':', parts[..^1]), only, 0)
            : requirement.Origin.Length > 0 ? new SourceSpan(requirement.Origin, 0, 0) : null;
    }
}
