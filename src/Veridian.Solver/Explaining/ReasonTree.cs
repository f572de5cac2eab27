using System.Globalization;
using Veridian.Core.Packages;
using Veridian.Solver.Presolving;

namespace Veridian.Solver.Explaining;

/// <summary>Hangs each reason below one that speaks of its subject, starting at what was asked for.</summary>
internal sealed class ReasonTree(Problem problem, List<Reason> reasons, bool isMinimal)
{
    /// <summary>How many rows about the same names are told one by one.</summary>
    private const int MostRows = 4;

    private readonly HashSet<Reason> told = [];
    private readonly ILookup<string?, Reason> families = reasons.ToLookup(reason => reason.Family(problem.Index));
    private readonly HashSet<int> takingPart = [.. reasons.Where(reason => reason.Set >= 0 && reason.Kind is ConflictKind.Requested or ConflictKind.Needs)
        .SelectMany(reason => problem.Members(reason.Set).ToArray()).Select(version => problem.Rows.VersionName[version])];

    private readonly ILookup<int, Reason> bySubject = reasons.ToLookup(reason => reason.Subject);

    public Conflict Build()
    {
        var roots = new List<ConflictNode>();
        foreach (var reason in reasons)
        {
            if (reason.Kind == ConflictKind.Requested)
            {
                roots.Add(Node(reason));
            }
        }

        // Reasons about a package that only a conflict names.
        foreach (var reason in reasons)
        {
            if (!told.Contains(reason))
            {
                roots.Add(Node(reason));
            }
        }

        return new Conflict(roots, isMinimal);
    }

    private ConflictNode Node(Reason reason)
    {
        var family = FamilyOf(reason);
        told.UnionWith(family);
        var (origin, alternatives) = reason.Kind switch
        {
            ConflictKind.Requested => Asked(reason),
            ConflictKind.TooYoung => (WhyYoung(reason.Subject), []),
            ConflictKind.Forbidden => (WhyHeld(reason.Subject), Holds(reason.Subject)),
            _ => ("", family.SelectMany(row => problem.Index.Clause(row.Clause)).Distinct().ToArray()),
        };
        var subject = reason.Subject >= 0 ? problem.Index.NameText(reason.Subject) : alternatives[0].Name;
        return new ConflictNode(reason.Kind, subject, Versions(family), alternatives, family.Sum(Matches), origin, [.. family.SelectMany(Because)])
        {
            Providers = reason.Kind == ConflictKind.ConflictsWith ? [.. family.SelectMany(Providers).Distinct().Order(StringComparer.Ordinal)] : [],
            EachItsOwn = family.Count > 1,
        };
    }

    /// <summary>The reason alone, or with all others that differ from it in versions only where there are too many to tell one by one.</summary>
    private List<Reason> FamilyOf(Reason reason)
    {
        var rows = reason.Family(problem.Index) is { } family ? families[family].ToList() : [];
        return rows.Count > MostRows ? rows : [reason];
    }

    private IEnumerable<string> Providers(Reason conflict)
    {
        var refused = problem.Index.Clause(conflict.Clause).Select(relation => relation.Name).ToHashSet(StringComparer.Ordinal);
        return problem.Members(conflict.Set).ToArray().Select(version => problem.Rows.VersionName[version])
            .Where(name => name != conflict.Subject && takingPart.Contains(name)).Select(problem.Index.NameText).Where(name => !refused.Contains(name));
    }

    private int Matches(Reason reason) => reason.Set < 0 ? 0 : problem.Members(reason.Set).Length;

    private (string Origin, IReadOnlyList<Relation> Relations) Asked(Reason reason)
    {
        if (reason.Clause >= 0)
        {
            var requirement = problem.Request.Requirements[reason.Clause];
            return (requirement.Origin, [requirement.Relation]);
        }

        var name = problem.Index.NameText(problem.Rows.VersionName[problem.Members(reason.Set)[0]]);
        return ("essential", [new Relation(name, RelationKind.Any, "")]);
    }

    /// <summary>When the oldest of them was known, and who wants it older.</summary>
    private string WhyYoung(int name)
    {
        var oldest = YoungVersions(name).MinBy(problem.Index.KnownSince);
        var since = DateTimeOffset.FromUnixTimeSeconds(problem.Index.KnownSince(oldest)).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        return $"known since {since} UTC; {problem.TooYoungBy(oldest)!.Reason}";
    }

    private IEnumerable<int> YoungVersions(int name) =>
        Enumerable.Range(problem.Rows.FirstVersion(name), problem.Rows.EndVersion(name) - problem.Rows.FirstVersion(name)).Where(version => problem.TooYoungBy(version) is not null);

    private string WhyHeld(int name)
    {
        foreach (var hold in problem.Request.Holds)
        {
            if (hold.Relation.Name == problem.Index.NameText(name) && hold.Reason.Length > 0)
            {
                return hold.Reason;
            }
        }

        return "";
    }

    private List<Relation> Holds(int name)
    {
        var holds = new List<Relation>();
        foreach (var hold in problem.Request.Holds)
        {
            if (hold.Relation.Name == problem.Index.NameText(name))
            {
                holds.Add(hold.Relation);
            }
        }

        return holds;
    }

    /// <summary>The versions that have one of the rows; empty if all have.</summary>
    private List<string> Versions(List<Reason> rows)
    {
        var reason = rows[0];
        if (reason.Kind == ConflictKind.TooYoung)
        {
            return [.. YoungVersions(reason.Subject).Select(version => problem.Index.VersionText(version))];
        }

        var having = new List<string>();
        if (reason.Kind is not (ConflictKind.Needs or ConflictKind.ConflictsWith))
        {
            return having;
        }

        var (first, end) = (problem.Rows.FirstVersion(reason.Subject), problem.Rows.EndVersion(reason.Subject));
        for (var version = first; version < end; version++)
        {
            var stated = (reason.Kind == ConflictKind.Needs ? problem.Rows.Depends(version) : problem.Rows.Conflicts(version)).ToArray();
            if (rows.Exists(row => stated.Contains(row.Clause)))
            {
                having.Add(problem.Index.VersionText(version));
            }
        }

        return having.Count == end - first && having.Count > 1 ? [] : having;
    }

    private List<ConflictNode> Because(Reason reason)
    {
        var nodes = new List<ConflictNode>();
        if (reason.Set < 0 || reason.Kind == ConflictKind.ConflictsWith)
        {
            return nodes;
        }

        foreach (var member in problem.Members(reason.Set))
        {
            foreach (var next in bySubject[problem.Rows.VersionName[member]])
            {
                if (!told.Contains(next))
                {
                    nodes.Add(Node(next));
                }
            }
        }

        return nodes;
    }
}
