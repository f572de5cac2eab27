using Veridian.Solver;
using Veridian.Solver.Indexing;
using Xunit.Abstractions;

namespace Veridian.Unit.Tests.Solver;

/// <summary>Compares answers with <see cref="BruteForce"/>: feasibility, the whole objective vector and the selection itself, with and without the Horn pass.</summary>
public sealed class SecondOpinionTests(ITestOutputHelper output)
{
    [Fact]
    public void Both_ways_of_solving_agree_with_trying_everything()
    {
        var (solved, byHorn, _) = CompareAll(seed => new RandomUniverse(seed), 6000);
        Assert.True(solved > 1800, $"only {solved} were satisfiable");
        Assert.True(byHorn > solved / 4, $"{byHorn} of {solved} by Horn");
    }

    [Fact]
    public void Of_equally_good_selections_the_canonical_one_is_found()
    {
        var (_, _, ties) = CompareAll(RandomUniverse.WithTies, 2000);
        Assert.True(ties > 80, $"only {ties} had ties");
    }

    [Fact]
    public void The_least_sum_of_steps_is_found_where_many_versions_do_not_fit()
    {
        var (solved, _, _) = CompareAll(RandomUniverse.WithManyVersions, 2000);
        Assert.True(solved > 600, $"only {solved} were satisfiable");
    }

    private (int Solved, int ByHorn, int Ties) CompareAll(Func<int, RandomUniverse> make, int count)
    {
        var first = Environment.GetEnvironmentVariable("VERIDIAN_SEED") is { } text ? int.Parse(text) : 1;
        output.WriteLine($"seeds {first} to {first + count - 1}");
        var (solved, byHorn, ties) = (0, 0, 0);
        for (var seed = first; seed < first + count; seed++)
        {
            var universe = make(seed);
            using var index = Universe.Index(universe.Entries);
            var opinion = new BruteForce(universe.Entries, universe.Request);
            if (Compare(seed, universe, index, opinion, forceZ3: false) is { } answer)
            {
                Assert.False(Compare(seed, universe, index, opinion, forceZ3: true)!.ByHorn);
                solved++;
                byHorn += answer.ByHorn ? 1 : 0;
                ties += opinion.HasTie ? 1 : 0;
            }
        }

        output.WriteLine($"{solved} satisfiable, {byHorn} by Horn, {ties} with ties");
        return (solved, byHorn, ties);
    }

    private static SolveResult.Solved? Compare(int seed, RandomUniverse universe, PackageIndex index, BruteForce opinion, bool forceZ3)
    {
        var result = PackageSolver.Solve(index, universe.Request with { ForceZ3 = forceZ3 }, CancellationToken.None);
        if (result is not SolveResult.Solved answer)
        {
            Assert.True(!opinion.Feasible || result is SolveResult.UnknownName or SolveResult.NoMatchingVersion, $"seed {seed}: {result}\n{universe}");
            return null;
        }

        var expected = $"{string.Join(',', opinion.Best ?? [])}: {string.Join(' ', opinion.Selection)}";
        var found = $"{answer.Objective}: {string.Join(' ', answer.Versions.Order().Select(v => $"{index.NameText(index.NameOf(v))}={index.VersionText(v)}"))}";
        Assert.True(expected == found, $"seed {seed}: {expected} expected, {found} found\n{universe}");
        return answer;
    }
}
