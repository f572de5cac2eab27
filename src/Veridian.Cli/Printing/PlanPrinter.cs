using Veridian.Core.Text;
using Veridian.Engine.Applying;
using Veridian.Engine.Inspecting;

namespace Veridian.Cli.Printing;

/// <summary>Shows a plan as the tree of PM-06.</summary>
internal static class PlanPrinter
{
    /// <summary>Prints the plan on standard error: it is what a question is about, not the result.</summary>
    public static void Print(Terminal terminal, ApplyPlan plan)
    {
        foreach (var notice in plan.Notices)
        {
            terminal.Note(notice);
        }

        foreach (var line in Lines(plan))
        {
            terminal.Note(line);
        }
    }

    /// <summary>The plan's lines.</summary>
    public static IEnumerable<string> Lines(ApplyPlan plan)
    {
        var added = plan.Changes.Where(change => change.Kind == ChangeKind.Added).ToArray();
        foreach (var line in Added(plan, added)
            .Concat(Section("The following packages will be upgraded:", plan, ChangeKind.Upgraded))
            .Concat(Section("The following packages will be DOWNGRADED:", plan, ChangeKind.Downgraded))
            .Concat(Section("The following packages will be replaced:", plan, ChangeKind.Replaced))
            .Concat(Section("The following packages will be REMOVED:", plan, ChangeKind.Removed)))
        {
            yield return line;
        }

        if (plan.Changes.Count == 0)
        {
            yield return "No package changes, only what else the profile says.";
        }

        if (!plan.IsProved)
        {
            yield return $"The time to solve ran out, so a better selection may exist: {plan.Proof}.";
        }

        var own = plan.ScriptsOfPackages.Select(own => $"{own.Name} ({own.Scripts})").ToList();
        if (own.Count > 0)
        {
            yield return $"Set-up scripts as the profile says of single packages: {string.Join(", ", own)}";
        }

        if (plan.ScriptsToRun.Run.Count > 0)
        {
            yield return $"Set-up scripts that run in the sandbox: {string.Join(", ", plan.ScriptsToRun.Run)}";
        }

        yield return $"Download size: {plan.Download}";
        yield return $"Install size: {plan.Install}";
    }

    /// <summary>The plan as a document.</summary>
    public static PlanDocument Document(ApplyPlan plan) => new(
        "vpkg.plan/1", plan.NothingToDo, Changes(plan.Changes), plan.Download.Bytes, plan.Install.Bytes, plan.Proof, plan.Scripts,
        [.. plan.ScriptsOfPackages.Select(own => new PackageScriptsDocument(own.Name, own.Scripts))], plan.ScriptsToRun.Run, plan.ScriptsToRun.Unread, plan.ConfirmationReasons());

    /// <summary>Changes as documents hold them.</summary>
    public static IReadOnlyList<ChangeDocument> Changes(IReadOnlyList<PackageChange> changes) =>
        [.. changes.Select(change => new ChangeDocument(change.Kind.ToString().ToLowerInvariant(), change.Name, change.OldVersion, change.NewVersion, change.Requested))];

    private static IEnumerable<string> Added(ApplyPlan plan, PackageChange[] added)
    {
        var names = added.Select(change => change.Name).ToHashSet(StringComparer.Ordinal);
        var packages = plan.Summaries().Where(package => names.Contains(package.Name)).ToDictionary(package => package.Name, StringComparer.Ordinal);
        // What only the essential packages bring is counted, not drawn: it is the same for everybody.
        var basic = Reach(packages.Values.Where(package => package.Essential), packages, package => !package.Requested);
        var drawn = packages.Where(package => !basic.Contains(package.Key)).ToDictionary(StringComparer.Ordinal);
        if (drawn.Count > 0)
        {
            yield return "The following packages will be installed:";
            var roots = Roots(drawn);
            var below = NearestOwners(roots, drawn);
            foreach (var line in TreeText.Lines(roots, package => $"{package.Name} {package.Version}", package => [.. below[package.Name]], depth: int.MaxValue))
            {
                yield return line;
            }
        }

        if (basic.Count > 0)
        {
            var count = $"{Plural.Of(basic.Count, "base package")} that every environment has";
            yield return drawn.Count > 0 ? $"   and {count}{Cost(plan, basic)}" : $"{count} will be installed{Cost(plan, basic)}";
        }
    }

    private static string Cost(ApplyPlan plan, HashSet<string> names) => plan.InstallOf(names.Contains) is { Bytes: > 0 } install
        ? $" ({plan.DownloadOf(names.Contains)} to download, {install} on disk)"
        : " (in the store already)";

    /// <summary>Every package once, below one that is as near to what was asked for as can be: a plan is long enough without repetitions.</summary>
    private static ILookup<string, PackageSummary> NearestOwners(IReadOnlyList<PackageSummary> roots, Dictionary<string, PackageSummary> drawn)
    {
        var placed = roots.Select(package => package.Name).ToHashSet(StringComparer.Ordinal);
        var edges = new List<(string Owner, PackageSummary Package)>();
        var next = new Queue<PackageSummary>(roots);
        while (next.TryDequeue(out var owner))
        {
            foreach (var name in owner.Depends.Where(name => drawn.ContainsKey(name) && placed.Add(name)))
            {
                edges.Add((owner.Name, drawn[name]));
                next.Enqueue(drawn[name]);
            }
        }

        return edges.ToLookup(edge => edge.Owner, edge => edge.Package);
    }

    /// <summary>What was asked for, then whatever does not stand below another one: so every package is drawn.</summary>
    private static List<PackageSummary> Roots(Dictionary<string, PackageSummary> drawn)
    {
        var needed = drawn.Values.SelectMany(package => package.Depends).ToHashSet(StringComparer.Ordinal);
        var roots = drawn.Values.Where(package => package.Requested).ToList();
        var reached = Reach(roots, drawn, _ => true);
        foreach (var package in drawn.Values.Where(package => !package.Requested).OrderBy(package => needed.Contains(package.Name)))
        {
            if (!reached.Contains(package.Name))
            {
                roots.Add(package);
                reached.UnionWith(Reach([package], drawn, _ => true));
            }
        }

        return roots;
    }

    private static HashSet<string> Reach(IEnumerable<PackageSummary> from, Dictionary<string, PackageSummary> packages, Func<PackageSummary, bool> counts)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var next = new Stack<PackageSummary>(from);
        while (next.TryPop(out var package))
        {
            if (counts(package) && reached.Add(package.Name))
            {
                foreach (var name in package.Depends.Where(packages.ContainsKey))
                {
                    next.Push(packages[name]);
                }
            }
        }

        return reached;
    }

    private static IEnumerable<string> Section(string title, ApplyPlan plan, ChangeKind kind)
    {
        var changes = plan.Changes.Where(change => change.Kind == kind).ToArray();
        if (changes.Length == 0)
        {
            yield break;
        }

        yield return title;
        for (var i = 0; i < changes.Length; i++)
        {
            yield return $"{(i == changes.Length - 1 ? "└─" : "├─")} {Describe(changes[i])}";
        }
    }

    internal static string Describe(PackageChange change) => (change.OldVersion, change.NewVersion) switch
    {
        (null, var version) => $"{change.Name} {version}",
        (var version, null) => $"{change.Name} {version}",
        var (old, fresh) => $"{change.Name} {old} -> {fresh}",
    };
}
