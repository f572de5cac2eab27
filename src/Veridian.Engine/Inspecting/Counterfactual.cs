using Veridian.Core.Errors;
using Veridian.Core.Packages;
using Veridian.Engine.Applying;
using Veridian.Engine.Profiles;
using Veridian.Engine.Resolving;
using Veridian.Engine.Syncing;
using Veridian.Formats.Lockfile;
using Veridian.Solver;

namespace Veridian.Engine.Inspecting;

/// <summary>What the environment would be if one more thing were asked for.</summary>
/// <remarks>Source: <c>spec/solving.md</c> S-21.</remarks>
/// <param name="AlreadyThere">It is in the environment as it is.</param>
/// <param name="Changes">What would change, sorted by name.</param>
/// <param name="Costs">What the selection would cost beside the lock (S-8).</param>
/// <param name="CostsNow">What the selection without it costs.</param>
/// <param name="Proof">What certifies that there is no better one.</param>
public sealed record Counterfactual(bool AlreadyThere, IReadOnlyList<PackageChange> Changes, string Costs, string CostsNow, string Proof)
{
    /// <summary>How messages call the additional requirement.</summary>
    internal const string Origin = "asked here";

    /// <summary>Solves with one requirement more, staying at the lock wherever that is possible.</summary>
    /// <param name="workspace">Which profile.</param>
    /// <param name="spec">As typed: <c>jq=1.5</c>.</param>
    /// <param name="cancellationToken">Ends the transfers, where metadata has to be fetched first, and the solve.</param>
    /// <exception cref="UnsolvableException">It cannot be had beside the profile: the message says why, and what would have to give way.</exception>
    public static async ValueTask<Counterfactual> FindAsync(Workspace workspace, string spec, CancellationToken cancellationToken)
    {
        var wanted = PackageSpec.Parse(spec);
        var profile = ProfileLoader.Load(workspace).Profile;
        using var metadata = await RepositoryMetadata.OpenAsync(workspace, cancellationToken);
        using var deadline = new SolveDeadline(workspace.Settings.SolveTimeout, workspace.Time);
        var locked = LockOnDisk.TryRead(workspace.Profile)?.Find(profile.Environment, profile.Platform);
        var now = Resolver.RequestOf(workspace, profile, metadata, locked, null, workspace.Settings.ForceZ3, deadline.Limits);
        var before = Resolver.Solve(workspace, metadata, now, cancellationToken);
        var asked = new Requirement(RelationOf(wanted), Origin) { Itself = true };
        var there = now with { Requirements = [.. now.Requirements, asked], Locked = VersionsOf(metadata, before) };
        var after = Resolver.Solve(workspace, metadata, there, cancellationToken);
        var builder = new SelectionBuilder(metadata);
        LockedSelection Selection(SolveResult.Solved solved) => builder.Make(profile, "", solved.Versions, locked);
        var changes = PackageChange.Between(Selection(before), Selection(after));
        return new Counterfactual(changes.Count == 0, changes, after.Objective.ToString(), before.Objective.ToString(), after.Proof);
    }

    private static Relation RelationOf(PackageSpec wanted) => wanted.Constraint is "" or "*"
        ? new Relation(wanted.Name.Text, RelationKind.Any, "")
        : new Relation(wanted.Name.Text, RelationKind.Set, wanted.Constraint);

    private static Dictionary<string, string> VersionsOf(SyncedMetadata metadata, SolveResult.Solved solved) => solved.Versions.ToDictionary(
        version => metadata.Index.NameText(metadata.Index.NameOf(version)), metadata.Index.VersionText, StringComparer.Ordinal);
}
