using System.Text;
using Veridian.Solver;

namespace Veridian.Unit.Tests.Solver;

/// <summary>Shapes that other solvers are known to stumble over, as small universes. Each must end with the proved optimum, by both ways of solving.</summary>
public sealed class HardCaseTests
{
    [Fact]
    public void The_newest_version_of_one_name_excludes_all_releases_of_another_with_thousands_of_them()
    {
        // One step back of "http" is cheaper than any walk along "sdk".
        var text = new StringBuilder("app 1: http, sdk\nhttp 1\nhttp 2\n");
        for (var version = 1; version <= 3000; version++)
        {
            text.Append($"sdk {version}: http << 2\n");
        }

        Expect("app=1 http=1 sdk=3000", "0,0,0,0,0,0,3", text, "app");
    }

    [Fact]
    public void The_package_to_go_back_is_the_one_that_costs_least_not_one_without_bounds()
    {
        // "old 1" has no bounds at all and would always do; one step of "b" does too, and costs less.
        Expect("a=9 b=4 old=9", "0,0,0,0,0,0,3",
            "a 9: b << 5\nb 5\nb 4\n" + Versions("old", 9, version => version == 1 ? "" : "b >= 4"), "a", "b", "old");
    }

    [Fact]
    public void An_old_compiler_leaves_few_versions_of_each_library() => Expect(
        "compiler=4 lib-1=4 lib-2=4 lib-3=4 toolkit=4", "0,0,0,0,0,0,5",
        Versions("compiler", 14, _ => "") + Versions("lib-1", 14, version => $"compiler = {version}") + Versions("lib-2", 14, version => $"compiler = {version}, lib-1 >= {Math.Max(1, version - 2)}")
        + Versions("lib-3", 14, version => $"compiler <= {version}, compiler >= {version}, lib-2 | lib-1") + Versions("toolkit", 14, version => $"lib-3 = {version}, lib-2, lib-1"),
        "compiler = 4", "toolkit");

    [Fact]
    public void A_thousand_direct_dependencies_are_one_pass()
    {
        var text = new StringBuilder($"app 1: {string.Join(", ", Enumerable.Range(1, 1000).Select(i => $"d{i} >= 2"))}\n");
        for (var i = 1; i <= 1000; i++)
        {
            text.Append(Versions($"d{i}", 3, version => i > 1 ? $"d{i / 2} >= {version - 1}" : ""));
        }

        using var index = Universe.Index(text.ToString());
        var answer = Solve(index, "app");
        Assert.Equal(1001, answer.Versions.Count);
        Assert.Equal("Horn", answer.Proof);
    }

    [Fact]
    public void One_dead_dependency_deep_in_a_tree_of_many_versions_ends_at_once()
    {
        // Naive backtracking tries 8^8 combinations before it gives up.
        var text = string.Concat(Enumerable.Range(1, 8).Select(level => Versions($"l{level}", 8, _ => level < 8 ? $"l{level + 1}" : "nowhere")));
        using var index = Universe.Index(text);

        var refused = Assert.IsType<SolveResult.Unsolvable>(PackageSolver.Solve(index, Ask("l1"), CancellationToken.None));

        Assert.Contains("nowhere", Veridian.Solver.Explaining.ConflictPrinter.Print(refused.Conflict), StringComparison.Ordinal);
    }

    [Fact]
    public void A_back_track_trap_in_pairs_costs_its_steps_and_no_more() => Expect(
        "a=3 b=2 c=3 d=2", "0,0,2,0,0,0,4",
        Versions("a", 3, version => version == 3 ? "b << 3" : "") + Versions("b", 3, _ => "") + Versions("c", 3, version => version == 3 ? "d << 3" : "") + Versions("d", 3, _ => ""),
        "a", "b", "c", "d");

    [Fact]
    public void What_may_be_linked_only_once_chooses_one_owner()
    {
        // Exclusive attributes as conflicting virtual packages.
        Expect("app=1 ssl-sys=2 user=1", "0,0,0,0,0,0,3",
            "app 1: ssl-sys, user\nuser 2: other-sys\nuser 1: ssl-sys\nssl-sys 2: ; provides links-ssl; conflicts links-ssl\nother-sys 1: ; provides links-ssl; conflicts links-ssl", "app");
    }

    [Fact]
    public void Alternatives_with_very_unequal_numbers_of_candidates_are_one_choice_each() => Expect(
        "app=1 few=1", "0,0,0,0,0,1,2",
        "app 1: many | few\nfew 1\n" + Versions("many", 400, _ => "blocked") + "blocked 1: ; conflicts app\n", "app");

    [Fact]
    public void A_knot_of_mutual_conflicts_is_undone_by_the_least_steps()
    {
        // Each newest version breaks its neighbour's newest: every second one must go back a step.
        var text = string.Concat(Enumerable.Range(0, 10).Select(i => $"k{i} 2: ; conflicts k{(i + 1) % 10} >= 2\nk{i} 1\n"));
        using var index = Universe.Index(text);
        var answer = Solve(index, [.. Enumerable.Range(0, 10).Select(i => $"k{i}")]);
        Assert.Equal("0,0,5,0,0,0,10", answer.Objective.ToString());
    }

    [Fact]
    public void An_unsolvable_request_over_hundreds_of_versions_is_told_in_a_few_lines()
    {
        using var index = Universe.Index(Versions("a", 300, version => $"c = {version}") + Versions("b", 300, version => $"c = {version + 300}") + Versions("c", 600, _ => ""));

        var refused = Assert.IsType<SolveResult.Unsolvable>(PackageSolver.Solve(index, Ask("a = 1", "b = 1"), CancellationToken.None));

        Assert.True(Veridian.Solver.Explaining.ConflictPrinter.Print(refused.Conflict).Split('\n').Length <= 4);
    }

    [Fact]
    public void The_only_answer_is_found_where_following_the_newest_leads_astray() => Expect(
        "a=1 b=1 c=1", "0,0,1,2,0,0,3",
        "a 2: b = 2, c = 1\na 1: b, c\nb 2: c = 2\nb 1: c = 1\nc 2: ; conflicts a\nc 1", "a");

    [Fact]
    public void A_solve_cut_short_says_so_and_how_far_it_can_be_from_the_best()
    {
        using var index = Universe.Index(string.Concat(Enumerable.Range(0, 12).Select(i => $"k{i} 3: ; conflicts k{(i + 1) % 12} >= 2\nk{i} 2: ; conflicts k{(i + 5) % 12} >= 3\nk{i} 1\n")));
        var names = Enumerable.Range(0, 12).Select(i => $"k{i}").ToArray();
        var best = Solve(index, names).Objective;

        var cut = Assert.IsType<SolveResult.Solved>(PackageSolver.Solve(index, Ask(names) with { Limits = new SolveLimits { Questions = 2 } }, CancellationToken.None));

        Assert.Equal($"best found, bound {cut.Bound}", cut.Proof);
        Assert.True(cut.Bound!.Value.CompareTo(best) <= 0 && best.CompareTo(cut.Objective) <= 0);
    }

    [Fact]
    public void Hundreds_of_names_kept_at_their_oldest_versions_move_only_where_they_must()
    {
        // "Minimal versions" is a lock on the oldest of each; every tenth name no longer works with its neighbour's oldest.
        var text = new StringBuilder($"app 1: {string.Join(", ", Enumerable.Range(0, 300).Select(i => $"d{i}"))}\n");
        for (var i = 0; i < 300; i++)
        {
            text.Append(Versions($"d{i}", 6, version => i % 10 == 1 ? $"d{i - 1} >= {version + 1}" : "")).Append(i % 10 == 0 ? $"d{i} 7\n" : "");
        }

        using var index = Universe.Index(text.ToString());
        var request = Ask("app") with { Locked = Enumerable.Range(0, 300).ToDictionary(i => $"d{i}", _ => "1") };
        var answer = Assert.IsType<SolveResult.Solved>(PackageSolver.Solve(index, request, CancellationToken.None));
        Assert.Null(answer.Bound);
        Assert.Equal(270, answer.Versions.Count(version => index.VersionText(version) == "1" && index.NameText(index.NameOf(version)) != "app"));
    }

    [Fact]
    public void Two_users_of_one_public_dependency_meet_at_a_version_that_both_allow() => Expect(
        "left=5 right=3 shared=3", "0,0,0,0,0,0,3",
        // As with public dependencies: what one exposes the other must be able to take, however far back that is.
        Versions("shared", 5, _ => "") + Versions("left", 8, version => version > 5 ? $"shared >= {version - 2}" : $"shared = {Math.Max(3, version - 2)}") + Versions("right", 3, version => $"shared <= {version}, shared >= {version}; conflicts left >= {version + 3}"),
        "left", "right");

    [Fact]
    public void An_environment_pinned_to_an_old_interface_moves_as_a_whole()
    {
        // Every build belongs to one of four interfaces, one package has none for the newest: what stalls resolvers that walk builds one by one.
        var text = new StringBuilder(Versions("abi", 4, _ => "") + Versions("pinned", 30, version => $"abi = {2 + version % 2}"));
        for (var i = 0; i < 20; i++)
        {
            text.Append(Versions($"n{i}", 60, version => $"abi = {1 + version % 4}{(i > 0 ? $", n{i - 1} >= {Math.Max(1, version - 6)}" : "")}"));
        }

        using var index = Universe.Index(text.ToString());
        var answer = Solve(index, [.. Enumerable.Range(0, 20).Select(i => $"n{i}"), "pinned"]);
        Assert.Equal(22, answer.Versions.Count);
        Assert.Equal("3", index.VersionText(answer.Versions.Single(version => index.NameText(index.NameOf(version)) == "abi")));
    }

    [Fact]
    public void A_contradiction_below_many_names_of_many_versions_is_told_in_one_screen()
    {
        var text = string.Concat(Enumerable.Range(0, 20).Select(i => Versions($"n{i}", 40, version => i < 19 ? $"n{i + 1} >= {version}" : "end << 2"))) + "end 2\nend 1\nother 1: end >= 2\n";
        using var index = Universe.Index(text);

        var refused = Assert.IsType<SolveResult.Unsolvable>(PackageSolver.Solve(index, Ask("n0", "other"), CancellationToken.None));

        Assert.True(Veridian.Solver.Explaining.ConflictPrinter.Print(refused.Conflict).Split('\n').Length <= 25);
    }

    private static string Versions(string name, int count, Func<int, string> needs) =>
        string.Concat(Enumerable.Range(1, count).Select(version => $"{name} {version}: {needs(version)}\n"));

    private static SolveRequest Ask(params string[] relations) => new() { Requirements = [.. relations.Select(r => new Requirement(Universe.Relation(r), ""))] };

    private static SolveResult.Solved Solve(Veridian.Solver.Indexing.PackageIndex index, params string[] relations)
    {
        var answer = Assert.IsType<SolveResult.Solved>(PackageSolver.Solve(index, Ask(relations), CancellationToken.None));
        var byZ3 = Assert.IsType<SolveResult.Solved>(PackageSolver.Solve(index, Ask(relations) with { ForceZ3 = true }, CancellationToken.None));
        Assert.Equal(answer.Objective, byZ3.Objective);
        Assert.Equal(answer.Versions, byZ3.Versions);
        Assert.Null(answer.Bound);
        return answer;
    }

    private static void Expect(string selection, string costs, object universe, params string[] relations)
    {
        using var index = Universe.Index(universe.ToString()!);
        var answer = Solve(index, relations);
        Assert.Equal(selection, string.Join(' ', answer.Versions.Order().Select(v => $"{index.NameText(index.NameOf(v))}={index.VersionText(v)}")));
        Assert.Equal(costs, answer.Objective.ToString());
    }
}
