using System.Globalization;
using Veridian.Core.Packages;
using Veridian.Solver;
using Veridian.Solver.Explaining;
using Veridian.Solver.Indexing;
using Veridian.Testing.Solving;

namespace Veridian.Benchmarks.Solving;

/// <summary>Our side of the hot-solve figures, in a process of its own: the same Packages files and requests as <c>libsolv.c</c>.</summary>
internal static class HotSolve
{
    /// <summary>
    /// <c>auto|z3|why|once ROUNDS REQUESTS PACKAGES...</c>. One line for each request: seconds of processor time of one solve (median), packages,
    /// objective vector and proof.
    /// </summary>
    public static int Run(IReadOnlyList<string> arguments)
    {
        if (arguments is not [var mode, var times, var requests, _, ..] || !int.TryParse(times, out var rounds))
        {
            return 2;
        }

        using var index = DebianUniverse.Read([.. arguments.Skip(3)]);
        foreach (var line in File.ReadAllLines(requests))
        {
            var request = Request(line) with { ForceZ3 = mode == "z3" };
            var (seconds, said) = Measure(() => mode == "why" ? Explain(index, request) : Describe(PackageSolver.Solve(index, request, CancellationToken.None)), mode == "once" ? 0 : rounds);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{seconds:F9} {said}"));
        }

        return 0;
    }

    /// <summary>A request for all of some names and nothing else.</summary>
    public static SolveRequest Request(string names) => new()
    {
        Requirements = [.. names.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(name => new Requirement(new Relation(name, RelationKind.Any, ""), "") { Itself = true })],
    };

    private static string Describe(SolveResult answer) => answer.Match(
        solved => $"{solved.Versions.Count} {solved.Objective} {solved.Proof}",
        unsolvable => $"-1 - {unsolvable.Conflict.Roots.Count} reasons",
        unknown => $"-1 - {unknown.Requirement.Relation}",
        no => $"-1 - {no.Requirement.Relation}",
        _ => "-1 - undecided");

    private static string Explain(PackageIndex index, SolveRequest request) => PackageSolver.Solve(index, request, CancellationToken.None) is SolveResult.Unsolvable unsolvable
        ? string.Join(", ", FixSearch.Find(index, request, unsolvable.Conflict, CancellationToken.None).Select(fix => string.Join(" and ", fix.Changes)))
        : "there is an answer";

    private static (double Seconds, string Said) Measure(Func<string> solve, int rounds)
    {
        var answer = solve();
        if (rounds == 0)
        {
            return (0, answer);
        }

        for (var warm = Environment.CpuUsage.TotalTime; Environment.CpuUsage.TotalTime - warm < TimeSpan.FromSeconds(0.4);)
        {
            solve();
        }

        var seconds = new double[rounds];
        for (var round = 0; round < rounds; round++)
        {
            var before = Environment.CpuUsage.TotalTime;
            solve();
            seconds[round] = (Environment.CpuUsage.TotalTime - before).TotalSeconds;
        }

        Array.Sort(seconds);
        return (seconds[rounds / 2], answer);
    }
}
