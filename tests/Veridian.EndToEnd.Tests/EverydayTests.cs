using Veridian.Testing;

namespace Veridian.EndToEnd.Tests;

/// <summary>Small things that everybody meets: names that are only provided, holds, and plans that nobody has seen yet.</summary>
public sealed class EverydayTests
{
    [Fact]
    public void A_name_that_is_only_provided_stands_for_the_package_that_provides_it()
    {
        using var journey = Mail();

        journey.Write("mail = \"*\"").Works("apply");

        Assert.StartsWith("post  1.0", journey.Works("list").Output, StringComparison.Ordinal);
        Assert.Equal("post 1.0\n  requested\n", journey.Works("why", "post").Output);
        Assert.Equal("post 1.0\n", journey.Works("run", "--", "post").Output);
        Assert.True(File.Exists(Path.Combine(journey.Folder, ".vpkg/current/bin/post")));
        Assert.Contains("these provide it: post", journey.Vpkg("info", "mail").Error, StringComparison.Ordinal);
        Assert.Contains("provides what the profile names: mail", journey.Vpkg("remove", "post").Error, StringComparison.Ordinal);

        journey.Repository.Add(TinyPackage.Program("post", "2.0").Field("Provides", "mail")).Publish();
        Assert.Contains("post 1.0 -> 2.0", journey.Works("update", "mail").Error, StringComparison.Ordinal);
        journey.Works("remove", "mail", "--yes");
        Assert.Equal("", journey.Works("list").Output);
    }

    [Fact]
    public void A_conflict_with_a_provided_name_tells_who_provides_it()
    {
        using var journey = Mail();
        journey.Repository.Add(TinyPackage.Plain("rival").Field("Conflicts", "mail")).Publish();

        var said = journey.Write("post = \"*\"\nrival = \"*\"").Vpkg("lock");

        Assert.Contains("rival 1.0 conflicts with mail, which post provides", said.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_held_package_stays_until_it_is_let_go()
    {
        using var journey = TourTests.Ready().Write("hello = \"*\" # dear to us");
        journey.Works("apply");
        journey.Works("hold", "hello", "--reason", "the plugin needs it");
        journey.Repository.Add(TinyPackage.Program("hello", "9.0")).Publish();
        Assert.Contains("hello = { version = \"*\", hold = \"the plugin needs it\" } # dear to us", journey.Profile, StringComparison.Ordinal);

        journey.Works("update");
        Assert.DoesNotContain("9.0", journey.Works("list").Output, StringComparison.Ordinal);

        journey.Works("unhold", "hello");
        journey.Works("update");
        Assert.Contains("9.0", journey.Works("list").Output, StringComparison.Ordinal);
        Assert.Contains("hello = \"*\" # dear to us", journey.Profile, StringComparison.Ordinal);
        Assert.Contains("VS1022", journey.Vpkg("hold", "nosuch").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plan_that_is_refused_is_shown_also_where_quiet_was_asked_for()
    {
        using var journey = TourTests.Ready().Write("hello = \"*\"");
        journey.Works("apply");

        var refused = journey.Vpkg("remove", "hello", "--quiet");

        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("└─ hello", refused.Error, StringComparison.Ordinal);
        Assert.Contains("VS1013", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_package_asked_for_twice_in_different_ways_is_refused()
    {
        using var journey = TourTests.Ready().Write("");

        Assert.Contains("asked for twice", journey.Vpkg("install", "hello>=1", "hello=1.0").Error, StringComparison.Ordinal);
        journey.Works("install", "hello", "hello", "--dry-run");
    }

    [Fact]
    public void What_was_never_applied_is_told_apart_from_what_is_not_there()
    {
        using var journey = TourTests.Ready().Write("hello = \"*\"");

        Assert.Contains("VS1027", journey.Vpkg("list").Error, StringComparison.Ordinal);
        Assert.Contains("VS1027", journey.Vpkg("run", "--", "hello").Error, StringComparison.Ordinal);
        File.Delete(journey.ProfilePath);
        Assert.Contains("VS1004", journey.Vpkg("list").Error, StringComparison.Ordinal);
        Assert.Contains("VS1004", journey.Vpkg("run", "--", "hello").Error, StringComparison.Ordinal);
    }

    private static Journey Mail()
    {
        var journey = TourTests.Ready();
        journey.Repository.Add(TinyPackage.Program("post").Field("Provides", "mail")).Publish();
        return journey;
    }
}
