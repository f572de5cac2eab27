using Veridian.Solver;

namespace Veridian.Unit.Tests.Solver;

/// <summary><c>spec/solving.md</c> S-19: what is said when the time or the conflicts allowed run out.</summary>
public sealed class LimitTests
{
    [Fact]
    public void A_search_that_may_not_begin_is_undecided()
    {
        using var index = Universe.Index("a 1: b | c\na 2: b | c\nb 1: ; conflicts d\nc 1\nd 1");
        using var over = new CancellationTokenSource();
        over.Cancel();

        var result = PackageSolver.Solve(index, Ask("a", "d") with { ForceZ3 = true, Limits = new SolveLimits { Deadline = over.Token } }, CancellationToken.None);

        Assert.IsType<SolveResult.Undecided>(result);
    }

    [Fact]
    public void What_needs_no_search_is_answered_however_little_time_there_is()
    {
        using var index = Universe.Index("a 1: b\nb 1");
        using var over = new CancellationTokenSource();
        over.Cancel();

        var result = PackageSolver.Solve(index, Ask("a") with { Limits = new SolveLimits { Deadline = over.Token } }, CancellationToken.None);

        Assert.Equal("Horn", Assert.IsType<SolveResult.Solved>(result).Proof);
    }

    [Fact]
    public void However_few_questions_are_allowed_an_answer_is_a_selection_and_its_bound_is_no_more_than_the_optimum()
    {
        var unproved = 0;
        for (var seed = 1; seed <= 400; seed++)
        {
            var universe = RandomUniverse.WithManyVersions(seed);
            using var index = Universe.Index(universe.Entries);
            var best = PackageSolver.Solve(index, universe.Request, CancellationToken.None);
            var limited = PackageSolver.Solve(index, universe.Request with { ForceZ3 = true, Limits = new SolveLimits { Questions = 1 + seed % 3 } }, CancellationToken.None);
            if (limited is SolveResult.Solved { Bound: { } bound } found)
            {
                unproved++;
                var optimum = Assert.IsType<SolveResult.Solved>(best).Objective;
                Assert.True(bound.Packages <= found.Objective.Packages);
                Assert.True(bound.CompareTo(optimum) <= 0, $"seed {seed}: bound {bound}, optimum {optimum}");
                Assert.True(optimum.CompareTo(found.Objective) <= 0, $"seed {seed}: found {found.Objective}, optimum {optimum}");
                Assert.Equal($"best found, bound {bound}", found.Proof);
            }
            else if (limited is SolveResult.Solved proved)
            {
                Assert.Equal(Assert.IsType<SolveResult.Solved>(best).Versions, proved.Versions);
            }
        }

        Assert.True(unproved > 20, $"only {unproved} were cut short");
    }

    private static SolveRequest Ask(params string[] names) => new()
    {
        Requirements = [.. names.Select(name => new Requirement(Universe.Relation(name), ""))],
    };
}
