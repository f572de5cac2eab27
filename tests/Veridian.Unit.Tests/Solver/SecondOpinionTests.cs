using Veridian.Solver;
using Xunit.Abstractions;

namespace Veridian.Unit.Tests.Solver;

/// <summary>Compares answers with <see cref="BruteForce"/>: feasibility, the whole objective vector and the selection itself.</summary>
public sealed class SecondOpinionTests(ITestOutputHelper output)
{
    private const int Universes = 2000;

    [Fact]
    public void The_Horn_theorem_and_Z3_agree_with_trying_everything()
    {
        var (solved, byHorn, _) = CompareAll(seed => new RandomUniverse(seed), Universes, forceZ3: false);
        Assert.True(solved > Universes / 3, $"only {solved} of {Universes} were satisfiable");
        Assert.True(byHorn > solved / 4, $"{byHorn} of {solved} by Horn");
    }

    [Fact]
    public void Z3_alone_agrees_with_trying_everything()
    {
        var (_, byHorn, _) = CompareAll(seed => new RandomUniverse(seed), Universes, forceZ3: true);
        Assert.Equal(0, byHorn);
    }

    [Fact]
    public void Of_equally_good_selections_the_canonical_one_is_found()
    {
        var (solved, _, ties) = CompareAll(RandomUniverse.WithTies, 500, forceZ3: true);
        Assert.True(ties > solved / 10, $"only {ties} of {solved} had ties");
    }

    [Fact]
    public void The_least_sum_of_steps_is_found_where_many_versions_do_not_fit()
    {
        var (solved, _, _) = CompareAll(RandomUniverse.WithManyVersions, 500, forceZ3: true);
        Assert.True(solved > 150, $"only {solved} were satisfiable");
    }

    private (int Solved, int ByHorn, int Ties) CompareAll(Func<int, RandomUniverse> make, int count, bool forceZ3)
    {
        var first = Environment.GetEnvironmentVariable("VERIDIAN_SEED") is { } text ? int.Parse(text) : 1;
        output.WriteLine($"seeds {first} to {first + count - 1}");
        var (solved, byHorn, ties) = (0, 0, 0);
        for (var seed = first; seed < first + count; seed++)
        {
            var universe = make(seed);
            using var index = Universe.Index(universe.Entries);
            var opinion = new BruteForce(universe.Entries, universe.Request);
            var result = PackageSolver.Solve(index, universe.Request with { ForceZ3 = forceZ3 }, CancellationToken.None);
            Assert.True(opinion.Feasible == result is SolveResult.Solved || result is SolveResult.UnknownName or SolveResult.NoMatchingVersion, $"seed {seed}: {result}\n{universe}");
            if (result is SolveResult.Solved answer)
            {
                Assert.True(string.Join(',', opinion.Best!) == answer.Objective.ToString(), $"seed {seed}: {string.Join(',', opinion.Best!)} expected, {answer.Objective} found");
                Assert.Equal($"seed {seed}: " + string.Join(' ', opinion.Selection), $"seed {seed}: " + string.Join(' ', answer.Versions.Order().Select(v => $"{index.NameText(index.NameOf(v))}={index.VersionText(v)}")));
                solved++;
                byHorn += answer.ByHorn ? 1 : 0;
                ties += opinion.HasTie ? 1 : 0;
            }
        }

        output.WriteLine($"{solved} satisfiable, {byHorn} by Horn, {ties} with ties");
        return (solved, byHorn, ties);
    }
}
