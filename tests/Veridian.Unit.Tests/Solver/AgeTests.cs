using Veridian.Solver;
using Veridian.Solver.Explaining;

namespace Veridian.Unit.Tests.Solver;

/// <summary><c>spec/solving.md</c> S-24: versions that have not been known for long are left alone, and the answer says so where that matters.</summary>
public sealed class AgeTests
{
    private const long Now = 1_700_000_000;
    private const long Day = 24 * 60 * 60;

    [Fact]
    public void A_version_is_installed_from_the_age_on_that_is_asked_for()
    {
        Assert.Equal("1", Chosen($"a 1: ; since {Now - 30 * Day}\na 2: ; since {Now - 7 * Day + 1}", 7));
        Assert.Equal("2", Chosen($"a 1: ; since {Now - 30 * Day}\na 2: ; since {Now - 7 * Day}", 7));
    }

    [Fact]
    public void Only_the_source_that_is_limited_is() =>
        Assert.Equal("3", Chosen($"a 1: ; since {Now - 30 * Day}\na 2: ; since {Now}\na 3: ; since {Now}; source 1", 7));

    [Fact]
    public void A_version_of_which_nobody_said_how_old_it_is_counts_as_old() => Assert.Equal("2", Chosen("a 1\na 2", 7));

    [Fact]
    public void What_a_young_version_would_have_cost_is_no_cost()
    {
        using var index = Universe.Index($"a 1: ; since {Now - 30 * Day}\na 2: ; since {Now}");
        Assert.Equal("0,0,0,0,0,0,1", Assert.IsType<SolveResult.Solved>(PackageSolver.Solve(index, Ask(7, "a"), CancellationToken.None)).Objective.ToString());
    }

    [Fact]
    public void A_conflict_names_what_is_too_young_since_when_and_the_age_that_would_do()
    {
        using var index = Universe.Index($"app 1: lib >= 2\nlib 1\nlib 2: ; since {Now - 3 * Day - 1800}\nlib 3: ; since {Now - Day}");
        var request = Ask(7, "app");

        var refused = Assert.IsType<SolveResult.Unsolvable>(PackageSolver.Solve(index, request, CancellationToken.None));
        var fixes = FixSearch.Find(index, request, refused.Conflict, CancellationToken.None);

        Assert.Equal("""
            requested: app (vpkg.toml:3)
               └─ app 1 needs lib (>= 2)
                  └─ lib 3, 2 are too young (known since 2023-11-11 21:43 UTC; min-age = "7d" in vpkg.toml:2)
            """, ConflictPrinter.Print(refused.Conflict));
        Assert.Equal(["lower min-age to \"72h\" (min-age = \"7d\" in vpkg.toml:2)", "drop app (vpkg.toml:3)"], fixes.Select(fix => fix.Changes.Single().ToString()));
    }

    private static string Chosen(string universe, int days)
    {
        using var index = Universe.Index(universe);
        return index.VersionText(Assert.IsType<SolveResult.Solved>(PackageSolver.Solve(index, Ask(days, "a"), CancellationToken.None)).Versions.Single());
    }

    private static SolveRequest Ask(int days, string name) => new()
    {
        Requirements = [new Requirement(Universe.Relation(name), "vpkg.toml:3")],
        Ages = [new AgeLimit(0, Now, days * Day, "min-age = \"7d\" in vpkg.toml:2")],
    };
}
