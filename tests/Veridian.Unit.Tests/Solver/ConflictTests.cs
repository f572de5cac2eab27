using Veridian.Solver;
using Veridian.Solver.Explaining;

namespace Veridian.Unit.Tests.Solver;

/// <summary><c>spec/solving.md</c> S-17: what is told when nothing can be installed.</summary>
public sealed class ConflictTests
{
    [Fact]
    public void Two_requests_that_exclude_each_other_are_told_with_the_way_between_them() => Expect(
        """
        requested: a (vpkg.toml:1)
           └─ a 1 needs b or c
              └─ b (any version) conflicts with d
              └─ c 1 conflicts with d
        requested: d (vpkg.toml:2)
        """,
        "a 1: b | c\nb 1: ; conflicts d\nb 2: ; conflicts d\nc 1: ; conflicts d\nd 1\nunrelated 1: a",
        Ask("a", "d", "unrelated"));

    [Fact]
    public void Two_versions_of_one_name_are_told_from_both_sides() => Expect(
        """
        requested: a (vpkg.toml:1)
           └─ a 1 needs c (= 1)
        requested: b (vpkg.toml:2)
           └─ b 1 needs c (>= 2)
        """,
        "a 1: c = 1\nb 1: c >= 2\nc 1\nc 2",
        Ask("a", "b"));

    [Fact]
    public void A_broken_package_is_told_down_to_what_is_missing() => Expect(
        """
        requested: a (vpkg.toml:1)
           └─ a 1 needs b
              └─ b 1 needs nowhere (>= 2) (nothing in the index)
        """,
        "a 1: b\nb 1: nowhere >= 2",
        Ask("a"));

    [Fact]
    public void Many_versions_with_one_reason_are_one_line() => Expect(
        """
        requested: a (vpkg.toml:1)
           └─ a 2 .. 5 needs gone (nothing in the index)
           └─ a 1 conflicts with b
        requested: b (vpkg.toml:2)
        """,
        "a 1: ; conflicts b\na 2: gone\na 3: gone\na 4: gone\na 5: gone\nb 1",
        Ask("a", "b"));

    [Fact]
    public void An_excluded_or_held_package_is_told_as_the_request_s_own_doing()
    {
        Expect("requested: a (vpkg.toml:1)\n   └─ a 1 needs b\n      └─ b is excluded by the request", "a 1: b\nb 1", Ask("a") with { Excluded = ["b"] });
        Expect(
            "requested: a (vpkg.toml:1)\n   └─ a 1 needs b (>= 2)\n      └─ b is held: b (<< 2)",
            "a 1: b >= 2\nb 1\nb 2",
            Ask("a") with { Holds = [new Hold(Universe.Relation("b << 2"), "")] });
    }

    [Fact]
    public void An_essential_package_can_be_the_reason() => Expect(
        """
        requested: a (vpkg.toml:1)
           └─ a 1 conflicts with base
        requested: base (essential)
        """,
        "a 1: ; conflicts base\nbase 1: ; essential",
        Ask("a") with { Essential = true });

    [Theory]
    [InlineData(1)]
    [InlineData(5000)]
    public void Leaving_out_any_one_request_of_a_conflict_makes_the_rest_solvable(int firstSeed)
    {
        var told = 0;
        for (var seed = firstSeed; seed < firstSeed + 500; seed++)
        {
            var universe = new RandomUniverse(seed);
            using var index = Universe.Index(universe.Entries);
            if (PackageSolver.Solve(index, universe.Request, CancellationToken.None) is not SolveResult.Unsolvable { Conflict: var conflict })
            {
                continue;
            }

            told++;
            Assert.NotEmpty(ConflictPrinter.Print(conflict));
            var asked = conflict.Roots.Where(r => r.Kind == ConflictKind.Requested && r.Origin == "r").Select(r => r.Alternatives[0]).ToList();
            foreach (var one in conflict.Roots.Any(r => r.Origin == "essential") ? [] : asked)
            {
                var rest = universe.Request with { Essential = false, Requirements = [.. universe.Request.Requirements.Where(r => !r.Optional && r.Relation != one && asked.Contains(r.Relation))] };
                var answer = PackageSolver.Solve(index, rest, CancellationToken.None);
                Assert.True(answer is SolveResult.Solved, $"seed {seed} without {one}:\n{universe}\n{ConflictPrinter.Print(conflict)}");
            }
        }

        Assert.True(told > 20, $"{told} conflicts");
    }

    private static SolveRequest Ask(params string[] relations) =>
        new() { Requirements = [.. relations.Select((r, i) => new Requirement(Universe.Relation(r), $"vpkg.toml:{i + 1}"))] };

    private static void Expect(string text, string universe, SolveRequest request)
    {
        using var index = Universe.Index(universe);
        var conflict = Assert.IsType<SolveResult.Unsolvable>(PackageSolver.Solve(index, request, CancellationToken.None)).Conflict;
        Assert.Equal(text, ConflictPrinter.Print(conflict));
    }
}
