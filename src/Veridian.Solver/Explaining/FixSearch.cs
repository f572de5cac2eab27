using System.Globalization;
using Veridian.Core.Packages;
using Veridian.Solver.Indexing;

namespace Veridian.Solver.Explaining;

/// <summary>Looks for the least change that makes a request satisfiable, and solves each before it is told (S-20).</summary>
public sealed class FixSearch
{
    /// <summary>The most fixes that are told.</summary>
    public const int Most = 5;

    private const int SecondsPerHour = 3600;
    private const int MostSolves = 24;
    private const int MostChanges = 3;
    private readonly PackageIndex index;
    private readonly SolveRequest original;
    private readonly CancellationToken cancellationToken;
    private readonly List<Fix> fixes = [];
    private readonly HashSet<string> tried = [];
    private int solves;

    private FixSearch(PackageIndex index, SolveRequest original, CancellationToken cancellationToken) =>
        (this.index, this.original, this.cancellationToken) = (index, original, cancellationToken);

    /// <summary>At most <see cref="Most"/> fixes, best first: few changes, then gentle ones, then a cheap selection. Empty where none was found in time.</summary>
    public static IReadOnlyList<Fix> Find(PackageIndex index, SolveRequest request, Conflict conflict, CancellationToken cancellationToken)
    {
        var search = new FixSearch(index, request, cancellationToken);
        var open = new Queue<(SolveRequest Request, Conflict Conflict, List<RequestChange> Changes)>([(request, conflict, [])]);
        while (open.TryDequeue(out var at) && search.fixes.Count < Most)
        {
            foreach (var change in search.Changes(at.Request, at.Conflict))
            {
                var (changed, next) = search.Try(at.Request, at.Changes, change);
                if (next is not null && at.Changes.Count + 1 < MostChanges)
                {
                    open.Enqueue((changed, next, [.. at.Changes, change]));
                }
            }
        }

        search.fixes.Sort(Compare);
        return search.fixes[..Math.Min(Most, search.fixes.Count)];
    }

    private static int Compare(Fix left, Fix right)
    {
        var order = left.Changes.Count.CompareTo(right.Changes.Count);
        order = order != 0 ? order : left.Changes.Max(change => change.Kind).CompareTo(right.Changes.Max(change => change.Kind));
        return order != 0 ? order : left.Objective.CompareTo(right.Objective);
    }

    /// <summary>What a conflict rests on and a request can change. Essential packages and rows of the index cannot be changed.</summary>
    private IEnumerable<RequestChange> Changes(SolveRequest request, Conflict conflict)
    {
        foreach (var node in conflict.Roots.SelectMany(All))
        {
            if (node.Kind == ConflictKind.Requested && RequirementOf(request, node) is { } requirement)
            {
                var (name, origin) = (requirement.Relation.Name, requirement.Origin);
                if (requirement.Relation.Kind != RelationKind.Any)
                {
                    yield return new RequestChange(RequestChangeKind.Relax, name, "*", origin);
                }

                yield return new RequestChange(RequestChangeKind.Drop, name, "", origin);
            }
            else if (node.Kind == ConflictKind.TooYoung && AgeOfOldest(request, node) is var (age, reason))
            {
                yield return new RequestChange(RequestChangeKind.LowerAge, "min-age", $"{age / SecondsPerHour}h", reason);
            }
            else if (node.Kind == ConflictKind.Forbidden)
            {
                var hold = request.Holds.FirstOrDefault(hold => hold.Relation.Name == node.Subject);
                yield return hold is not null
                    ? new RequestChange(RequestChangeKind.Release, node.Subject, "", hold.Reason)
                    : new RequestChange(RequestChangeKind.Allow, node.Subject, "", "");
            }
        }
    }

    /// <summary>The age that the oldest of some young versions has reached, in seconds, and whose limit it is below; null for an unknown version.</summary>
    private (long Age, string Reason)? AgeOfOldest(SolveRequest request, ConflictNode node)
    {
        (long Age, string Reason)? oldest = null;
        foreach (var text in node.Versions)
        {
            if (index.FindVersion(node.Subject, text) is var version and >= 0
                && request.Ages.FirstOrDefault(limit => limit.Source == index.Record(version).Source) is { } limit
                && Math.Max(0, limit.Now - index.KnownSince(version)) is var age && (oldest is null || age > oldest.Value.Age))
            {
                oldest = (age, limit.Reason);
            }
        }

        return oldest;
    }

    private static IEnumerable<ConflictNode> All(ConflictNode node) => node.Because.SelectMany(All).Prepend(node);

    private static Requirement? RequirementOf(SolveRequest request, ConflictNode node) =>
        request.Requirements.FirstOrDefault(requirement => requirement.Relation == node.Alternatives[0] && requirement.Origin == node.Origin);

    /// <summary>Solves the changed request: keeps a fix, or returns what still stands in the way.</summary>
    private (SolveRequest Changed, Conflict? Next) Try(SolveRequest request, List<RequestChange> before, RequestChange change)
    {
        var changed = Apply(request, change);
        List<RequestChange> changes = [.. before, change];
        if (!tried.Add(string.Join('\n', changes.Select(c => c.ToString()).Order(StringComparer.Ordinal))) || ContainsFix(changes))
        {
            return (changed, null);
        }

        switch (Solve(changed))
        {
            case SolveResult.Solved solved:
                Keep(request, before, change, solved);
                return (changed, null);
            case SolveResult.Unsolvable unsolvable:
                return (changed, unsolvable.Conflict);
            default:
                return (changed, null);
        }
    }

    private bool ContainsFix(List<RequestChange> changes) => fixes.Exists(fix => fix.Changes.All(change =>
        changes.Exists(other => other.Name == change.Name && (other.Kind == change.Kind || other.Kind == RequestChangeKind.Drop))));

    private void Keep(SolveRequest request, List<RequestChange> before, RequestChange change, SolveResult.Solved solved)
    {
        if (change.Kind == RequestChangeKind.Relax && Narrow(request, change, solved) is { } narrow
            && Solve(Apply(request, narrow)) is SolveResult.Solved again)
        {
            (change, solved) = (narrow, again);
        }

        fixes.Add(new Fix([.. before, change], solved.Objective, solved.Versions.Count));
    }

    /// <summary>The name's chosen version as the new bound, on the side where it left the old constraint.</summary>
    private RequestChange? Narrow(SolveRequest request, RequestChange change, SolveResult.Solved solved)
    {
        var chosen = solved.Versions.FirstOrDefault(version => index.NameText(index.NameOf(version)) == change.Name, -1);
        var old = request.Requirements.First(requirement => requirement.Relation.Name == change.Name && requirement.Origin == change.Origin);
        if (chosen < 0)
        {
            return null;
        }

        // Versions stand best first; without priorities a greater id is an older version.
        var allowed = index.Matching(old.Relation);
        var text = index.VersionText(chosen);
        var isOlder = allowed.All(version => version < chosen);
        var isNewer = allowed.All(version => version > chosen);
        return isOlder || isNewer ? change with { Constraint = isOlder ? $">={text}" : $"<={text}" } : null;
    }

    private SolveResult Solve(SolveRequest request) => ++solves > MostSolves || original.Limits.Deadline.IsCancellationRequested
        ? new SolveResult.Undecided()
        : PackageSolver.Solve(index, request, cancellationToken);

    private static SolveRequest Apply(SolveRequest request, RequestChange change) => change.Kind switch
    {
        RequestChangeKind.Relax => request with { Requirements = [.. request.Requirements.Select(requirement => Relax(requirement, change))] },
        RequestChangeKind.Drop => request with { Requirements = [.. request.Requirements.Where(requirement => !IsMeant(requirement, change))] },
        RequestChangeKind.LowerAge => request with { Ages = [.. request.Ages.Select(limit => limit with { LeastAge = Math.Min(limit.LeastAge, long.Parse(change.Constraint.AsSpan()[..^1], CultureInfo.InvariantCulture) * SecondsPerHour) })] },
        RequestChangeKind.Release => request with { Holds = [.. request.Holds.Where(hold => hold.Relation.Name != change.Name)] },
        _ => request with { Excluded = [.. request.Excluded.Where(name => name != change.Name)] },
    };

    private static Requirement Relax(Requirement requirement, RequestChange change) => !IsMeant(requirement, change) ? requirement : requirement with
    {
        Relation = change.Constraint == "*" ? new Relation(change.Name, RelationKind.Any, "") : new Relation(change.Name, RelationKind.Set, change.Constraint),
    };

    private static bool IsMeant(Requirement requirement, RequestChange change) =>
        requirement.Relation.Name == change.Name && requirement.Origin == change.Origin;
}
