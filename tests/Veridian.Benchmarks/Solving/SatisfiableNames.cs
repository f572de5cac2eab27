using Veridian.Core.Packages;
using Veridian.Solver;
using Veridian.Solver.Indexing;

namespace Veridian.Benchmarks.Solving;

/// <summary>Many names of an index that can all be had together.</summary>
internal static class SatisfiableNames
{
    private const int Seed = 7;

    /// <summary>Draws names and leaves out the fewest that stand in each other's way.</summary>
    public static IReadOnlyList<string> Draw(PackageIndex index, int count)
    {
        var installable = Enumerable.Range(0, index.NameCount).Where(name => !index.VersionsOf(name).Start.Equals(index.VersionsOf(name).End)).Select(index.NameText).ToArray();
        new Random(Seed).Shuffle(installable);
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var answer = PackageSolver.Solve(index, new SolveRequest
        {
            Requirements = [.. installable.Take(count).Select(name => new Requirement(new Relation(name, RelationKind.Any, ""), "") { Itself = true, Optional = true })],
            Limits = new SolveLimits { Deadline = deadline.Token },
        }, CancellationToken.None);
        var left = ((SolveResult.Solved)answer).Skipped.Select(skipped => skipped.Relation.Name).ToHashSet(StringComparer.Ordinal);
        return [.. installable.Take(count).Where(name => !left.Contains(name))];
    }
}
