using System.Diagnostics;
using System.Globalization;
using Veridian.Core.Packages;
using Veridian.Solver;
using Veridian.Solver.Indexing;
using Veridian.Testing.Solving;

namespace Veridian.Benchmarks.Solving;

/// <summary>Thousands of names at once. Not all of them can be had together, so each is optional: the most that go together are part of what is optimised.</summary>
internal static class ManyNames
{
    private const int Seed = 1;

    /// <summary><c>SECONDS COUNT PACKAGES...</c>: solves for at most so long; prints seconds, packages, objective vector and proof.</summary>
    public static int Run(IReadOnlyList<string> arguments)
    {
        if (arguments is not [var limit, var names, _, ..] || !double.TryParse(limit, CultureInfo.InvariantCulture, out var seconds) || !int.TryParse(names, out var count))
        {
            return 2;
        }

        using var index = DebianUniverse.Read([.. arguments.Skip(2)]);
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        var request = new SolveRequest { Requirements = Draw(index, count), Limits = new SolveLimits { Deadline = deadline.Token } };
        var started = Stopwatch.GetTimestamp();
        var answer = PackageSolver.Solve(index, request, CancellationToken.None);
        var time = Stopwatch.GetElapsedTime(started).TotalSeconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{time:F3} {(answer is SolveResult.Solved solved ? $"{solved.Versions.Count} {solved.Objective} {solved.Proof}" : answer.ToString())}"));
        return answer is SolveResult.Solved ? 0 : 1;
    }

    private static Requirement[] Draw(PackageIndex index, int count)
    {
        var installable = Enumerable.Range(0, index.NameCount).Where(name => !index.VersionsOf(name).Start.Equals(index.VersionsOf(name).End)).ToArray();
        new Random(Seed).Shuffle(installable);
        return [.. installable.Take(count).Select(name => new Requirement(new Relation(index.NameText(name), RelationKind.Any, ""), "") { Itself = true, Optional = true })];
    }
}
