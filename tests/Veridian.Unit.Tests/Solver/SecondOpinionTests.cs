using Veridian.Solver;
using Xunit.Abstractions;

namespace Veridian.Unit.Tests.Solver;

/// <summary>Compares answers with <see cref="BruteForce"/>: feasibility, the whole objective vector and the selection itself.</summary>
public sealed class SecondOpinionTests(ITestOutputHelper output)
{
    private const int Universes = 3000;

    [Fact]
    public void The_Horn_theorem_and_Z3_agree_with_trying_everything() => CompareAll(forceZ3: false);

    [Fact]
    public void Z3_alone_agrees_with_trying_everything() => CompareAll(forceZ3: true);

    private void CompareAll(bool forceZ3)
    {
        var first = Environment.GetEnvironmentVariable("VERIDIAN_SEED") is { } text ? int.Parse(text) : 1;
        output.WriteLine($"seeds {first} to {first + Universes - 1}");
        var (solved, byHorn, ties) = (0, 0, 0);
        for (var seed = first; seed < first + Universes; seed++)
        {
            var universe = new RandomUniverse(seed);
            using var index = Universe.Index(universe.Entries);
            var opinion = new BruteForce(universe.Entries, universe.Request);
            var result = PackageSolver.Solve(index, universe.Request with { ForceZ3 = forceZ3 }, CancellationToken.None);
            Assert.True(opinion.Feasible == result is SolveResult.Solved || result is SolveResult.UnknownName or SolveResult.NoMatchingVersion, $"seed {seed}: {result}");
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
        Assert.True(solved > Universes / 3, $"only {solved} of {Universes} were satisfiable");
        Assert.True(forceZ3 ? byHorn == 0 : byHorn > solved / 4, $"{byHorn} of {solved} by Horn");
    }
}
