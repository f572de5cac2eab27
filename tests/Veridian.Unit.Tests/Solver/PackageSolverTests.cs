using Veridian.Core.Packages;
using Veridian.Solver;
using Veridian.Solver.Explaining;
using Veridian.Solver.Indexing;

namespace Veridian.Unit.Tests.Solver;

/// <summary><c>spec/solving.md</c>, clause by clause; every request is also answered by Z3 alone.</summary>
public sealed class PackageSolverTests
{
    [Fact]
    public void A_feature_is_a_package_of_its_own_that_is_named_or_provided()
    {
        Expect("a=1 a-extra=1 x=1", "a 1\na-extra 1: a = 1, x; provides a[extra]\nx 1", Ask("a", "a[extra]"));
        using var index = Universe.Index("a 1");
        Assert.IsType<SolveResult.UnknownName>(PackageSolver.Solve(index, Ask("a", "a[extra]"), CancellationToken.None));
    }

    [Fact]
    public void The_small_answer_of_the_specification_is_what_comes_out()
    {
        const string Small = """
            app 2: lib >= 2, mail
            app 1: lib
            lib 2: old | new; conflicts tool
            lib 1
            old 1: gone
            new 1
            post 1: ; provides mail
            exim 1: ; provides mail
            tool 1
            """;
        var both = Expect("app=2 exim=1 lib=2 new=1", Small, Ask("app"));
        Assert.Equal("0,0,0,0,0,0,4 Horn", $"{both.Objective} {both.Proof}");
        Assert.Equal("0,0,0,0,0,0,3", Expect("app=1 lib=1 tool=1", Small, Ask("app", "tool")).Objective.ToString());
        using var index = Universe.Index(Small);
        var impossible = Ask("app", "tool", "lib >= 2");
        var conflict = Assert.IsType<SolveResult.Unsolvable>(PackageSolver.Solve(index, impossible, CancellationToken.None)).Conflict;
        Assert.Equal(["tool", "lib"], conflict.Roots.Select(root => root.Subject));
        Assert.Equal(["relax lib to >=1", "drop tool"], FixSearch.Find(index, impossible, conflict, CancellationToken.None)
            .Select(fix => string.Join(" and ", fix.Changes.Select(change => (change with { Origin = "" }).ToString()))));
    }

    [Fact]
    public void The_answer_of_the_specification_that_costs_something_is_what_comes_out()
    {
        const string Small = """
            left 2: ; conflicts right >= 2; since 1700000000
            left 1
            right 2: extra | left
            right 1
            extra 1
            """;
        var both = Expect("left=2 right=1", Small, Ask("left", "right"));
        Assert.Equal("0,0,1,0,0,0,2 Z3", $"{both.Objective} {both.Proof}");
        Assert.Equal("0,0,1,0,0,0,2", Expect("left=1 right=2", Small, Ask("left", "right") with { Locked = Lock("right=2") }).Objective.ToString());
        var young = Ask("left", "right") with { Ages = [new AgeLimit(0, 1_700_000_000 + 3 * 24 * 60 * 60, 7 * 24 * 60 * 60, "min-age = \"7d\"")] };
        var old = Expect("left=1 right=2", Small, young);
        Assert.Equal("0,0,0,0,0,0,2 Horn", $"{old.Objective} {old.Proof}");
    }

    [Fact]
    public void The_newest_version_of_what_is_asked_for_wins() => Expect("a=3 b=1", "a 1\na 2\na 3: b\nb 1", Ask("a"));

    [Fact]
    public void A_repository_of_higher_priority_wins_before_a_newer_version() => Expect("a=1", "a 1: ; priority 1\na 2", Ask("a"));

    [Fact]
    public void The_first_alternative_is_preferred() => Expect("a=1 b=1", "a 1: b | c\nb 1\nc 1", Ask("a"));

    [Fact]
    public void An_alternative_that_is_there_anyway_satisfies() => Expect("a=1 c=1", "a 1: b | c\nb 1\nc 1", Ask("a", "c"));

    [Fact]
    public void A_first_alternative_that_cannot_be_is_passed_over() => Expect("a=1 c=1", "a 1: b | c\nb 1: nowhere\nc 1", Ask("a"));

    [Fact]
    public void A_broken_newest_version_is_no_lag() => Assert.Equal("0,0,0,0,0,0,1", Expect("a=1", "a 2: nowhere\na 1", Ask("a")).Objective.ToString());

    [Fact]
    public void A_broken_package_somewhere_else_spoils_nothing() => Expect("a=1", "a 1\nbroken 1: nowhere = 3", Ask("a"));

    [Fact]
    public void Requested_packages_are_newer_before_others_are() =>
        Assert.Equal("0,0,0,1,0,0,2", Expect("a=2 b=1", "a 2: b << 2\na 1: b\nb 2\nb 1", Ask("a")).Objective.ToString());

    [Fact]
    public void A_locked_version_stays_while_it_can() =>
        Expect("a=1 b=2", "a 1: b\na 2: b\nb 1\nb 2", Ask("a") with { Locked = Lock("a=1") });

    [Fact]
    public void A_lock_yields_to_what_is_asked_for() =>
        Expect("a=2 b=1", "a 3: c\na 2\na 1: c\nb 1: ; conflicts c\nc 1", Ask("a", "b") with { Locked = Lock("a=1") });

    [Fact]
    public void A_lock_holds_more_than_the_newest_version_of_what_is_asked_for() =>
        Assert.Equal("0,0,1,0,0,0,2", Expect("a=1 b=1", "a 2: x | y\na 1\nb 2\nb 1: ; conflicts x, y\nx 1\ny 1", Ask("a", "b") with { Locked = Lock("b=1") }).Objective.ToString());

    [Fact]
    public void A_locked_package_that_nothing_needs_any_more_goes() => Expect("a=1", "a 1\nb 1", Ask("a") with { Locked = Lock("b=1") });

    [Fact]
    public void A_hold_keeps_a_name_in_range() =>
        Expect("a=1 b=1", "a 1: b\nb 1\nb 2", Ask("a") with { Holds = [new Hold(Universe.Relation("b << 2"), "")] });

    [Fact]
    public void An_excluded_name_is_never_installed() =>
        Expect("a=1 c=1", "a 1: b | c\nb 1\nc 1", Ask("a") with { Excluded = ["b"] });

    [Fact]
    public void What_is_assumed_present_satisfies_without_being_installed() =>
        Expect("a=1", "a 1: b | c\nb 1\nc 1", Ask("a") with { Excluded = ["b"], AssumedPresent = ["c"] });

    [Fact]
    public void Essential_packages_are_implied() =>
        Expect("a=1 e=2", "a 1\ne 1\ne 2: ; essential", Ask("a") with { Essential = true });

    [Fact]
    public void Recommended_rows_count_only_when_wanted()
    {
        const string Text = "a 1: b; recommends r\nb 1: ; recommends s\nr 1\ns 1";
        Expect("a=1 b=1", Text, Ask("a"));
        Expect("a=1 b=1 r=1 s=1", Text, Ask("a") with { Recommends = true });
        Expect("a=1 b=1 r=1", Text, new SolveRequest { Requirements = [new(Universe.Relation("a"), "") { Recommends = true }] });
    }

    [Fact]
    public void A_recommended_row_that_conflicts_is_left_out() =>
        Assert.Equal("0,0,0,0,1,0,2", Expect("a=1 b=1", "a 1: b; recommends r\nb 1: ; conflicts x\nr 1: x\nx 1", Ask("a") with { Recommends = true }).Objective.ToString());

    [Fact]
    public void An_optional_requirement_is_skipped_when_it_cannot_be()
    {
        var request = new SolveRequest
        {
            Requirements = [new(Universe.Relation("a"), ""), new(Universe.Relation("b"), "") { Optional = true }, new(Universe.Relation("nowhere"), "") { Optional = true }, new(Universe.Relation("c"), "") { Optional = true }],
        };
        var answer = Expect("a=1 c=1", "a 1\nb 1: ; conflicts a\nc 1", request);
        Assert.Equal(["b", "nowhere"], answer.Skipped.Select(r => r.Relation.Name));
    }

    [Fact]
    public void A_virtual_name_can_be_asked_for() => Expect("b=1", "b 1: ; provides v\nc 1: ; provides v", Ask("v"));

    [Fact]
    public void An_unknown_name_is_an_answer_with_suggestions()
    {
        using var index = Universe.Index("python3 1\npython4 1\nzsh 1");
        var unknown = Assert.IsType<SolveResult.UnknownName>(PackageSolver.Solve(index, Ask("pyton3"), CancellationToken.None));
        Assert.Equal("pyton3", unknown.Requirement.Relation.Name);
        Assert.Equal("python3", unknown.DidYouMean[0]);
    }

    [Fact]
    public void A_version_that_is_not_there_is_an_answer_with_those_that_are()
    {
        using var index = Universe.Index("a 1\na 2");
        var refusal = Assert.IsType<SolveResult.NoMatchingVersion>(PackageSolver.Solve(index, Ask("a >= 3"), CancellationToken.None));
        Assert.Equal(["2", "1"], refusal.Available);
    }

    [Fact]
    public void A_constraint_in_the_profile_s_grammar_can_be_asked_for() =>
        Expect("a=1.9", "a 1.0\na 1.9\na 2.0", new SolveRequest { Requirements = [new(new Relation("a", RelationKind.Set, "^1.0"), "")] });

    [Fact]
    public void The_order_of_the_request_does_not_matter()
    {
        const string Text = "a 1: x | y\nb 1: y | x\nx 1\ny 1\nc 1: x | y";
        Assert.Equal(Solve(Text, Ask("a", "b", "c")), Solve(Text, Ask("c", "b", "a")));
    }

    // Cases that public trackers tell of.
    [Fact]
    public void The_wrong_package_is_not_walked_back_to_its_first_version()
    {
        // Presolve sees that urllib 2 is out: no lag is counted.
        var text = string.Join('\n', Enumerable.Range(1, 400).Select(v => $"boto {v}: urllib << 2"));
        var answer = Expect("app=1 boto=400 urllib=1", text + "\nurllib 1\nurllib 2\napp 1: boto, urllib", Ask("app"));
        Assert.Equal("0,0,0,0,0,0,3", answer.Objective.ToString());
    }

    [Fact]
    public void One_dead_end_deep_in_the_tree_costs_no_search()
    {
        var text = string.Join('\n', Enumerable.Range(0, 30).SelectMany(n => Enumerable.Range(1, 20).Select(v => $"n{n} {v}: n{n + 1}")));
        Expect(string.Join(' ', Enumerable.Range(0, 31).Select(n => $"n{n}").Order(StringComparer.Ordinal).Select(n => $"{n}={(n == "n30" ? 1 : 20)}")), text + "\nn30 2: nowhere\nn30 1", Ask("n0"));
    }

    [Fact]
    public void A_thousand_direct_dependencies_are_nothing_special()
    {
        var names = Enumerable.Range(0, 1000).Select(n => $"p{n:000}").ToList();
        var text = string.Join('\n', names.SelectMany(n => new[] { $"{n} 1", $"{n} 2" }));
        Expect(string.Join(' ', names.Select(n => $"{n}=2")), text, Ask([.. names]));
    }

    [Fact]
    public void Exclusive_attributes_leave_one_owner() =>
        Expect("a=1 b=1 x=1", "a 1: x | y\nb 1: y | x\nx 1: ; provides link; conflicts link\ny 1: ; provides link; conflicts link", Ask("a", "b"));

    [Fact]
    public void Alternatives_with_very_many_versions_do_not_drown_one_with_few() =>
        Expect("a=1 few=1", "a 1: few | many\nfew 1\n" + string.Join('\n', Enumerable.Range(1, 500).Select(v => $"many {v}")), Ask("a"));

    [Fact]
    public void An_answer_far_from_the_newest_versions_is_found() =>
        Expect("a=1 b=2 c=1", "a 3: c = 3\na 2: c = 2\na 1: c = 1\nb 2: c << 2\nb 1: c << 2\nc 1\nc 2\nc 3", Ask("a", "b"));

    [Fact]
    public void What_a_package_needs_stands_before_it()
    {
        using var index = Universe.Index("a 1: z\nz 1: m\nm 1");
        Assert.Equal(["m", "z", "a"], Order(index, Ask("a")));
    }

    [Fact]
    public void A_circle_stands_together_by_name()
    {
        using var index = Universe.Index("app 1: y\nx 1: y, base\ny 1: w\nw 1: x\nbase 1");
        Assert.Equal(["base", "w", "x", "y", "app"], Order(index, Ask("app")));
    }

    [Fact]
    public void Solving_can_be_cancelled()
    {
        using var index = Universe.Index("a 1");
        Assert.ThrowsAny<OperationCanceledException>(() => PackageSolver.Solve(index, Ask("a") with { ForceZ3 = true }, new CancellationToken(canceled: true)));
    }

    private static SolveRequest Ask(params string[] relations) => new() { Requirements = [.. relations.Select(r => new Requirement(Universe.Relation(r), "vpkg.toml:1"))] };

    private static Dictionary<string, string> Lock(params string[] locked) => locked.Select(l => l.Split('=')).ToDictionary(l => l[0], l => l[1]);

    private static IEnumerable<string> Order(PackageIndex index, SolveRequest request) =>
        ((SolveResult.Solved)PackageSolver.Solve(index, request, CancellationToken.None)).Versions.Select(v => index.NameText(index.NameOf(v)));

    private static string Solve(string universe, SolveRequest request)
    {
        using var index = Universe.Index(universe);
        return Text(index, Assert.IsType<SolveResult.Solved>(PackageSolver.Solve(index, request, CancellationToken.None)));
    }

    private static string Text(PackageIndex index, SolveResult.Solved answer) =>
        string.Join(' ', answer.Versions.Order().Select(v => $"{index.NameText(index.NameOf(v))}={index.VersionText(v)}"));

    /// <summary>Both ways of solving give this selection.</summary>
    private static SolveResult.Solved Expect(string selection, string universe, SolveRequest request)
    {
        using var index = Universe.Index(universe);
        var answer = Assert.IsType<SolveResult.Solved>(PackageSolver.Solve(index, request, CancellationToken.None));
        var byZ3 = Assert.IsType<SolveResult.Solved>(PackageSolver.Solve(index, request with { ForceZ3 = true }, CancellationToken.None));
        Assert.Equal(selection, Text(index, answer));
        Assert.Equal(answer.Versions, byZ3.Versions);
        Assert.Equal(answer.Objective, byZ3.Objective);
        return answer;
    }
}
