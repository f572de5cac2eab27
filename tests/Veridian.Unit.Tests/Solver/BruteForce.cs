using Veridian.Core.Packages;
using Veridian.Solver;

namespace Veridian.Unit.Tests.Solver;

/// <summary>
/// The specification (<c>spec/solving.md</c>) written down as plainly as possible: tries every selection of a tiny universe.
/// Shares no code with the solver; versions must be whole numbers.
/// </summary>
internal sealed class BruteForce
{
    private readonly List<PackageEntry> all;
    private readonly SolveRequest request;
    private readonly List<string> names;
    private readonly bool[] viable;
    private readonly HashSet<string> spine = [];
    private bool[] dead = [];
    private readonly List<(List<int> Members, bool Optional)> demands = [];

    public BruteForce(IEnumerable<PackageEntry> entries, SolveRequest request)
    {
        this.request = request;
        all = [.. entries.OrderBy(e => e.Name, StringComparer.Ordinal).ThenByDescending(e => e.Priority).ThenByDescending(e => int.Parse(e.Version))];
        names = [.. all.Select(e => e.Name).Distinct()];
        viable = new bool[all.Count];
        Array.Fill(viable, true);
        ReadRequest();
        FindDead();
        if (Presolve())
        {
            Search();
        }
    }

    public bool Feasible { get; private set; }

    /// <summary>Level by level; null when there is no selection.</summary>
    public int[]? Best { get; private set; }

    /// <summary>The best selection as <c>name=version</c>, sorted.</summary>
    public List<string> Selection { get; private set; } = [];

    /// <summary>Whether another selection has the same costs.</summary>
    public bool HasTie { get; private set; }

    /// <summary>S-3: an optional requirement that nothing matches counts for nothing.</summary>
    private IEnumerable<Requirement> Asked => request.Requirements.Where(r => Match(r.Relation).Count > 0);

    private IEnumerable<int> VersionsOf(string name) => Enumerable.Range(0, all.Count).Where(i => all[i].Name == name);

    private List<int> Match(Relation relation)
    {
        var real = VersionsOf(relation.Name).Where(i => Compare(all[i].Version, relation));
        var providers = Enumerable.Range(0, all.Count).Where(i => all[i].Provides.Any(
            p => p.Name == relation.Name && (relation.Kind == RelationKind.Any || p.Version.Length > 0 && Compare(p.Version, relation))));
        return [.. real.Concat(providers).Distinct()];
    }

    private List<int> Match(Relation[] row) => [.. row.SelectMany(Match).Distinct()];

    private static bool Compare(string version, Relation relation)
    {
        var order = relation.Kind == RelationKind.Any ? 0 : int.Parse(version).CompareTo(int.Parse(relation.Version));
        return relation.Kind switch
        {
            RelationKind.Any => true,
            RelationKind.Less => order < 0,
            RelationKind.LessOrEqual => order <= 0,
            RelationKind.Equal => order == 0,
            RelationKind.GreaterOrEqual => order >= 0,
            _ => order > 0,
        };
    }

    private void ReadRequest()
    {
        foreach (var requirement in request.Requirements)
        {
            demands.Add((Match(requirement.Relation), requirement.Optional));
        }

        foreach (var name in names)
        {
            if (request.Essential && all[VersionsOf(name).First()].Essential && !request.Excluded.Contains(name) && !request.AssumedPresent.Contains(name))
            {
                demands.Add(([.. VersionsOf(name)], false));
            }
        }
    }

    private void FindDead()
    {
        bool changed;
        do
        {
            changed = false;
            for (var i = 0; i < all.Count; i++)
            {
                if (viable[i] && all[i].Depends.Any(row => !Match(row).Any(m => viable[m])))
                {
                    viable[i] = false;
                    changed = true;
                }
            }
        }
        while (changed);

        dead = Array.ConvertAll(viable, v => !v);
        for (var i = 0; i < all.Count; i++)
        {
            var held = request.Holds.Any(h => h.Relation.Name == all[i].Name && !Compare(all[i].Version, h.Relation));
            viable[i] &= !held && !IsTooYoung(i) && !request.Excluded.Contains(all[i].Name) && !request.AssumedPresent.Contains(all[i].Name);
        }
    }

    private bool IsTooYoung(int i) => request.Ages.Any(limit => limit.Source == all[i].Source && all[i].KnownSince > limit.Now - limit.LeastAge);

    private bool IsAssumed(int i) => !dead[i] && request.AssumedPresent.Contains(all[i].Name);

    private List<string> ViableNames(List<int> members) => [.. members.Where(m => viable[m]).Select(m => all[m].Name).Distinct()];

    private List<int> Domain(string name) => [.. VersionsOf(name).Where(i => viable[i])];

    private bool Conflict(int a, int b) => all[a].Name != all[b].Name
        && (all[a].Conflicts.Any(c => Match(c).Contains(b)) || all[b].Conflicts.Any(c => Match(c).Contains(a)));

    private bool Presolve()
    {
        string before;
        do
        {
            before = State();
            foreach (var (members, optional) in demands)
            {
                if (!optional && !Require(members))
                {
                    return false;
                }
            }

            foreach (var name in spine.ToList())
            {
                if (!Visit(name))
                {
                    return false;
                }
            }
        }
        while (State() != before);
        return true;
    }

    private string State() => string.Join(',', viable) + string.Join(',', spine.Order(StringComparer.Ordinal));

    private bool Require(List<int> members)
    {
        var left = ViableNames(members);
        if (members.Any(IsAssumed) || left.Count > 1)
        {
            return true;
        }

        if (left.Count == 0)
        {
            return false;
        }

        Force(left[0], members);
        return true;
    }

    private void Force(string name, IEnumerable<int> allowed)
    {
        spine.Add(name);
        foreach (var i in VersionsOf(name).Except(allowed))
        {
            viable[i] = false;
        }
    }

    private bool Visit(string name)
    {
        foreach (var i in Domain(name))
        {
            viable[i] = all[i].Depends.All(row => Match(row).Any(IsAssumed) || ViableNames(Match(row)).Count > 0);
        }

        var domain = Domain(name);
        if (domain.Count == 1)
        {
            for (var i = 0; i < all.Count; i++)
            {
                viable[i] &= !Conflict(domain[0], i);
            }
        }

        foreach (var other in names.Where(o => o != name))
        {
            var needs = domain.Select(i => Needs(i, other)).ToList();
            if (needs.Count > 0 && needs.All(n => n is not null))
            {
                Force(other, needs.SelectMany(n => n!));
            }
        }

        return domain.Count > 0;
    }

    private List<int>? Needs(int version, string other)
    {
        var rows = all[version].Depends.Select(Match).Where(m => !m.Any(IsAssumed) && ViableNames(m) is [var only] && only == other).ToList();
        return rows.Count == 0 ? null : rows.Select(r => r.Where(m => viable[m])).Aggregate((a, b) => a.Intersect(b)).ToList();
    }

    private void Search()
    {
        Try(0, []);
    }

    private void Try(int name, List<int> chosen)
    {
        if (name == names.Count)
        {
            Consider(chosen);
            return;
        }

        Try(name + 1, chosen);
        foreach (var version in VersionsOf(names[name]))
        {
            Try(name + 1, [.. chosen, version]);
        }
    }

    private void Consider(List<int> chosen)
    {
        if (!Holds(chosen))
        {
            return;
        }

        Assert.All(chosen, version => Assert.True(viable[version], "presolve banned a version of a selection"));
        Assert.All(spine, name => Assert.Contains(chosen, version => all[version].Name == name));
        Feasible = true;
        var cost = Cost(chosen);
        var order = Best is null ? -1 : cost.Zip(Best, (a, b) => a.CompareTo(b)).FirstOrDefault(c => c != 0);
        HasTie = order == 0 || order > 0 && HasTie;
        if (order < 0 || order == 0 && IsCanonicallyBefore(chosen))
        {
            Best = cost;
            Selection = [.. chosen.Select(Text)];
        }
    }

    /// <summary>S-16: the first version in the order of the index that only one of the two has decides.</summary>
    private bool IsCanonicallyBefore(List<int> chosen)
    {
        var first = Enumerable.Range(0, all.Count).FirstOrDefault(i => chosen.Contains(i) != Selection.Contains(Text(i)), -1);
        return first >= 0 && chosen.Contains(first);
    }

    private string Text(int version) => $"{all[version].Name}={all[version].Version}";

    private bool Holds(List<int> chosen)
    {
        bool Satisfied(List<int> members) => members.Any(m => chosen.Contains(m) || IsAssumed(m));
        return chosen.All(v => !dead[v] && !IsTooYoung(v) && !request.Excluded.Contains(all[v].Name) && !request.AssumedPresent.Contains(all[v].Name)
                && !request.Holds.Any(h => h.Relation.Name == all[v].Name && !Compare(all[v].Version, h.Relation))
                && all[v].Depends.All(row => Satisfied(Match(row)))
                && chosen.All(w => !Conflict(v, w)))
            && demands.All(d => d.Optional || Satisfied(d.Members));
    }

    private int[] Cost(List<int> chosen)
    {
        var cost = new int[7];
        cost[0] = demands.Count(d => d.Optional && Missing(d.Members, chosen));
        var requested = Asked.SelectMany(r =>
            names.Contains(r.Relation.Name) ? [r.Relation.Name] : Match(r.Relation).Select(m => all[m].Name)).ToHashSet();
        foreach (var version in chosen)
        {
            var name = all[version].Name;
            var order = Domain(name);
            var locked = request.Locked.TryGetValue(name, out var text) ? order.FindIndex(i => all[i].Version == text) : -1;
            if (locked >= 0)
            {
                var first = order[locked];
                order.RemoveAt(locked);
                order.Insert(0, first);
            }

            cost[locked >= 0 ? 1 : requested.Contains(name) ? 2 : 3] += order.IndexOf(version);
        }

        var recommended = Distinct(chosen.Where(v => request.Recommends || Asked.Any(r => r.Recommends
            && (r.Relation.Name == all[v].Name || !names.Contains(r.Relation.Name) && Match(r.Relation).Any(m => all[m].Name == all[v].Name))))
            .SelectMany(v => all[v].Recommends).Select(Match));
        cost[4] = recommended.Count(set => Missing(set, chosen));
        var active = Distinct(chosen.SelectMany(v => all[v].Depends).Select(Match).Concat(recommended));
        cost[5] = active.Concat(demands.Select(d => d.Members)).Count(set => IsSecondChoice(set, chosen));
        cost[6] = chosen.Count;
        return cost;
    }

    private static List<List<int>> Distinct(IEnumerable<List<int>> sets) => [.. sets.DistinctBy(s => string.Join(',', s))];

    private bool Certain(List<int> set) => set.Any(IsAssumed) || spine.Any(name => Domain(name) is var d && d.Count > 0 && d.All(set.Contains));

    private bool Missing(List<int> set, List<int> chosen) => !set.Any(chosen.Contains) && set.Any(m => viable[m]) && !Certain(set);

    private bool IsSecondChoice(List<int> set, List<int> chosen)
    {
        var first = set.FindIndex(m => viable[m]);
        return first >= 0 && !Certain(set) && set.Any(chosen.Contains) && !set.Any(m => all[m].Name == all[set[first]].Name && chosen.Contains(m));
    }
}
