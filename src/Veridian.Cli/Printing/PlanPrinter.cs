using Veridian.Core.Units;
using Veridian.Engine.Applying;
using Veridian.Engine.Inspecting;

namespace Veridian.Cli.Printing;

/// <summary>Shows a plan as the tree of PM-06.</summary>
internal static class PlanPrinter
{
    /// <summary>Prints the plan on standard error: it is what the question is about, not the result.</summary>
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
        if (added.Length > 0)
        {
            yield return "The following packages will be installed:";
            foreach (var line in AddedTree(plan, added))
            {
                yield return line;
            }
        }

        foreach (var line in Section("The following packages will be upgraded:", plan, ChangeKind.Upgraded)
            .Concat(Section("The following packages will be DOWNGRADED:", plan, ChangeKind.Downgraded))
            .Concat(Section("The following packages will be replaced:", plan, ChangeKind.Replaced))
            .Concat(Section("The following packages will be REMOVED:", plan, ChangeKind.Removed)))
        {
            yield return line;
        }

        if (plan.Changes.Count == 0)
        {
            yield return "No package changes; the environment or the profile's settings do.";
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

    private static IEnumerable<string> AddedTree(ApplyPlan plan, PackageChange[] added)
    {
        var fresh = added.Select(change => change.Name).ToHashSet(StringComparer.Ordinal);
        var packages = plan.Summaries().Where(package => fresh.Contains(package.Name)).ToDictionary(package => package.Name, StringComparer.Ordinal);
        var essential = packages.Values.Where(package => package.Essential && !package.Requested).ToArray();
        // What only the essential packages bring is counted, not drawn: it is the same for everybody.
        var hidden = Reach(essential, packages);
        var roots = packages.Values.Where(package => package.Requested).ToArray();
        roots = roots.Length > 0 ? roots : [.. packages.Values.Where(package => !hidden.Contains(package.Name))];
        foreach (var line in TreeText.Lines(
            roots,
            package => $"{package.Name} {package.Version}",
            package => [.. package.Depends.Where(name => packages.ContainsKey(name) && !hidden.Contains(name)).Select(name => packages[name])],
            depth: 6))
        {
            yield return line;
        }

        if (hidden.Count > 0)
        {
            yield return $"   and {hidden.Count} base package{(hidden.Count == 1 ? "" : "s")} that every environment has ({new ByteCount(hidden.Sum(name => packages[name].DownloadBytes))} to download, {new ByteCount(hidden.Sum(name => packages[name].InstalledBytes))} on disk)";
        }
    }

    private static HashSet<string> Reach(IEnumerable<PackageSummary> from, Dictionary<string, PackageSummary> packages)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var next = new Stack<PackageSummary>(from);
        while (next.TryPop(out var package))
        {
            if (!package.Requested && reached.Add(package.Name))
            {
                foreach (var name in package.Depends)
                {
                    if (packages.TryGetValue(name, out var below))
                    {
                        next.Push(below);
                    }
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
