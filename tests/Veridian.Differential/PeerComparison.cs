using Veridian.Core.Packages;
using Veridian.Differential.Peers;
using Veridian.Solver;
using Veridian.Solver.Indexing;
using Veridian.Testing.Solving;

namespace Veridian.Differential;

/// <summary>Runs the other solvers on the same questions and tells where they differ from us.</summary>
internal sealed class PeerComparison(PackageIndex index, IReadOnlyList<string> files, RandomSets sets, string folder)
{
    private int _differences;

    /// <summary>0 when nobody disagrees.</summary>
    /// <param name="from">The first set, from 1 on; dose-debcheck, which knows no sets, is only asked in a run from the beginning.</param>
    public int Run(int from)
    {
        if (from == 1)
        {
            AskDose();
        }

        AskAboutSets(from);
        Console.WriteLine($"{_differences} differences");
        return _differences == 0 ? 0 : 1;
    }

    private void AskDose()
    {
        if (!Peer.IsInstalled("dose-debcheck"))
        {
            Console.WriteLine("dose-debcheck: skipped, not installed");
            return;
        }

        var theirs = DosePeer.Broken(files);
        var lines = new DebianVerdicts(index).Run();
        var ours = lines.Where(line => line.Contains(" broken ", StringComparison.Ordinal)).Select(line => line[..line.IndexOf(" broken ", StringComparison.Ordinal)]).ToHashSet();
        foreach (var package in ours.Union(theirs).Except(ours.Intersect(theirs)).Order(StringComparer.Ordinal))
        {
            Differ($"dose-debcheck: {package} is {(ours.Contains(package) ? "broken" : "ok")} here, not there");
        }

        Console.WriteLine($"dose-debcheck: {lines.Count} packages, {ours.Count} broken here, {theirs.Count} there");
    }

    private void AskAboutSets(int from)
    {
        var apt = Peer.IsInstalled("apt-get") ? new AptPeer(folder, files) : null;
        var aspcud = Peer.IsInstalled("aspcud") ? new AspcudPeer(folder) : null;
        var (feasible, unsat, aptAsked, optima, unfinished) = (0, 0, 0, 0, 0);
        var number = from - 1;
        foreach (var names in sets.Draw().Skip(from - 1))
        {
            Console.Error.WriteLine($"set {++number}: {string.Join(' ', names)}");
            var result = sets.Solve(names).Result;
            var isFeasible = result is SolveResult.Solved;
            feasible += isFeasible ? 1 : 0;
            unsat += isFeasible ? 0 : 1;
            if (apt?.IsFeasible(names) is { } byApt)
            {
                aptAsked++;
                if (byApt != isFeasible)
                {
                    Differ($"apt-get: {(isFeasible ? "feasible here, not there" : "feasible there, not here")}: {string.Join(' ', names)}");
                }
            }

            if (result is SolveResult.Solved solved && aspcud is not null)
            {
                _ = CompareOptimum(names, solved, aspcud) is { } compared ? optima += compared : unfinished++;
            }
        }

        Console.WriteLine($"sets: {feasible} feasible, {unsat} not; apt-get answered {aptAsked}; aspcud proved {optima} optima, did not finish or was not asked for {unfinished}");
    }

    /// <summary>1 where the optimum was compared; null where aspcud has none.</summary>
    private int? CompareOptimum(IReadOnlyList<string> names, SolveResult.Solved solved, AspcudPeer aspcud)
    {
        var request = new SolveRequest { Requirements = [.. names.Select(name => new Requirement(new Relation(name, RelationKind.Any, ""), "") { Itself = true })] };
        if (CudfProblem.Of(index, request) is not { Versions: <= AspcudPeer.MostVersions } problem || aspcud.Solve(problem) is not { } optimum)
        {
            return null;
        }

        var ours = (solved.Objective.RequestedLag, solved.Objective.OtherLag, solved.Objective.SecondChoices, solved.Objective.Packages);
        if (ours != optimum)
        {
            Differ($"aspcud: {ours} here, {optimum} there: {string.Join(' ', names)}");
        }

        return 1;
    }

    private void Differ(string line)
    {
        _differences++;
        Console.WriteLine(line);
    }
}
