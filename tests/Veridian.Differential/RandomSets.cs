using System.Diagnostics;
using Veridian.Core.Packages;
using Veridian.Solver;
using Veridian.Solver.Indexing;

namespace Veridian.Differential;

/// <summary>Random sets of 2 to 20 names, asked for together, nothing else required.</summary>
internal sealed class RandomSets(PackageIndex index, int seed, int count)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);
    private readonly string[] _names =
        [.. Enumerable.Range(0, index.NameCount).Where(name => !index.VersionsOf(name).Start.Equals(index.VersionsOf(name).End)).Select(index.NameText)];

    /// <summary>The sets of the seed, each with its names in the order they were drawn; the same on every machine.</summary>
    public IEnumerable<IReadOnlyList<string>> Draw()
    {
        var random = new Random(seed);
        for (var i = 0; i < count; i++)
        {
            var size = Math.Min(random.Next(2, 21), _names.Length);
            var drawn = new List<string>();
            while (drawn.Count < size)
            {
                var name = _names[random.Next(_names.Length)];
                if (!drawn.Contains(name))
                {
                    drawn.Add(name);
                }
            }

            yield return drawn;
        }
    }

    /// <summary><c>ok|unsat|timeout objective-vector package-count</c>; the vector is <c>-</c> where there is no selection.</summary>
    public static string Line(SolveResult result) => result.Match(
        solved => $"{(solved.Bound is null ? "ok" : "timeout")} {solved.Objective} {solved.Versions.Count}",
        _ => "unsat - 0",
        _ => "unsat - 0",
        _ => "unsat - 0",
        _ => "timeout - 0");

    /// <summary>Solves one set, and says how long it took.</summary>
    public (SolveResult Result, TimeSpan Time) Solve(IReadOnlyList<string> names)
    {
        using var deadline = new CancellationTokenSource(Timeout);
        var started = Stopwatch.GetTimestamp();
        var result = PackageSolver.Solve(index, new SolveRequest
        {
            Requirements = [.. names.Select(name => new Requirement(new Relation(name, RelationKind.Any, ""), "") { Itself = true })],
            Limits = new SolveLimits { Deadline = deadline.Token },
        }, CancellationToken.None);
        return (result, Stopwatch.GetElapsedTime(started));
    }
}
