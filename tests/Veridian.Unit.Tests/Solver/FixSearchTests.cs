using Veridian.Solver;
using Veridian.Solver.Explaining;

namespace Veridian.Unit.Tests.Solver;

/// <summary><c>spec/solving.md</c> S-20: changes that help, each solved before it is told.</summary>
public sealed class FixSearchTests
{
    [Fact]
    public void A_constraint_is_relaxed_no_further_than_needed_and_before_anything_is_dropped() => Expect(
        ["relax c to >=1 (r3)", "drop b (r2)"],
        "a 1\nb 1: c << 2\nc 1\nc 2\nc 3",
        Ask("a", "b", "c >= 2"));

    [Fact]
    public void Of_two_that_exclude_each_other_the_cheaper_selection_stands_first() => Expect(
        ["drop b (r2)", "drop a (r1)"],
        "a 1: ; conflicts b\nb 1: x, y\nx 1\ny 1",
        Ask("a", "b"));

    [Fact]
    public void A_hold_is_released_with_its_reason() => Expect(
        ["allow every version of b (hold in r9)", "drop a (r1)"],
        "a 1: b >= 2\nb 1\nb 2\nc 1",
        Ask("a", "c") with { Holds = [new Hold(Universe.Relation("b << 2"), "hold in r9")] });

    [Fact]
    public void An_excluded_package_is_allowed() => Expect(
        ["allow b", "drop a (r1)"],
        "a 1: b\nb 1\nc 1",
        Ask("a", "c") with { Excluded = ["b"] });

    [Fact]
    public void Two_independent_conflicts_need_two_changes() => Expect(
        ["drop b (r2) and drop d (r4)", "drop b (r2) and drop c (r3)", "drop a (r1) and drop d (r4)", "drop a (r1) and drop c (r3)"],
        "a 1: ; conflicts b\nb 1: x\nc 1: ; conflicts d\nd 1: x\nx 1",
        Ask("a", "b", "c", "d"),
        inOrder: false);

    [Fact]
    public void What_nothing_can_help_has_no_fix() => Expect(
        [],
        "a 1: ; essential; conflicts b\nb 1: ; essential",
        Ask("a") with { Requirements = [], Essential = true });

    private static SolveRequest Ask(params string[] names) => new()
    {
        Requirements = [.. names.Select((name, i) => new Requirement(Universe.Relation(name), $"r{i + 1}"))],
    };

    private static void Expect(string[] expected, string universe, SolveRequest request, bool inOrder = true)
    {
        using var index = Universe.Index(universe);
        var conflict = Assert.IsType<SolveResult.Unsolvable>(PackageSolver.Solve(index, request, CancellationToken.None)).Conflict;
        var found = FixSearch.Find(index, request, conflict, CancellationToken.None).Select(fix => string.Join(" and ", fix.Changes)).ToArray();
        Assert.Equal(inOrder ? expected : [.. expected.Order(StringComparer.Ordinal)], inOrder ? found : [.. found.Order(StringComparer.Ordinal)]);
    }
}
