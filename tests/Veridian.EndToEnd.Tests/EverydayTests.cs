using Veridian.Testing;

namespace Veridian.EndToEnd.Tests;

/// <summary>Small things that everybody meets: names that are only provided, holds, and plans that nobody has seen yet.</summary>
public sealed class EverydayTests
{
    [NeedsFact(Needs.Bubblewrap)]
    public void A_name_that_is_only_provided_stands_for_the_package_that_provides_it()
    {
        using var journey = Mail();

        journey.Write("mail = \"*\"").Works("apply");

        Assert.StartsWith("post  1.0", journey.Works("list").Output, StringComparison.Ordinal);
        Assert.Equal("post 1.0\n  requested\n", journey.Works("why", "post").Output);
        if (TinyProgram.Runs)
        {
            Assert.Equal("post 1.0\n", journey.Works("run", "--", "post").Output);
        }

        Assert.True(File.Exists(Path.Combine(journey.Folder, ".vpkg/current/bin/post")));
        Assert.Contains("these provide it: post", journey.Vpkg("info", "mail").Error, StringComparison.Ordinal);
        Assert.Contains("provides what the profile names: mail", journey.Vpkg("remove", "post").Error, StringComparison.Ordinal);

        journey.Repository.Add(TinyPackage.Program("post", "2.0").Field("Provides", "mail")).Publish();
        journey.Works("hold", "mail");
        journey.Works("update");
        Assert.StartsWith("post  1.0", journey.Works("list").Output, StringComparison.Ordinal);
        journey.Works("unhold", "mail");
        Assert.Contains("post 1.0 -> 2.0", journey.Works("update", "mail").Error, StringComparison.Ordinal);
        journey.Works("remove", "mail", "--yes");
        Assert.Equal("", journey.Works("list").Output);
    }

    [Fact]
    public void An_error_is_explained_also_where_the_configuration_is_what_is_wrong()
    {
        using var journey = new Journey();
        var file = journey.Works("config", "path").Output.Trim();
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, "not a configuration");

        Assert.NotEqual(0, journey.Vpkg("list").ExitCode);
        Assert.Contains("VS1001", journey.Works("explain", "VS1001").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_memory_is_limited_it_works_or_says_what_is_missing()
    {
        using var journey = TourTests.Ready().Write("hello = \"*\"");
        if (Checkout.Program.Count > 1)
        {
            return; // a runtime beside the program reserves more than any of these limits, before it runs anything of ours
        }

        Limit("-v", 500_000);
        var refused = journey.Vpkg("apply");
        Assert.Equal(5, refused.ExitCode);
        Assert.Contains("VS6004", refused.Error, StringComparison.Ordinal);
        Assert.Contains("ulimit -v", refused.Error, StringComparison.Ordinal);
        Assert.Contains("VS6004", journey.Works("explain", "VS6004").Output, StringComparison.Ordinal);

        Limit("-v", 2_200_000);
        journey.Works("apply");
        Limit("-d", 500_000);
        journey.Works("remove", "hello", "--yes");

        void Limit(string resource, int kibibytes) => journey.Before = ["/bin/sh", "-c", $"ulimit {resource} {kibibytes}; exec \"$@\"", "sh"];
    }

    [Fact]
    public void A_profile_that_wants_to_be_asked_is_changed_only_with_a_yes()
    {
        using var journey = TourTests.Ready().Write("hello = \"*\"");
        journey.Profile = "[profile]\nconfirm = true\n" + journey.Profile;

        var refused = journey.Vpkg("apply");

        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("VS1013", refused.Error, StringComparison.Ordinal);
        Assert.Contains("hello", refused.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(journey.Folder, ".vpkg/current")));
        Assert.Contains("Generation 1", journey.Works("apply", "--yes").Output, StringComparison.Ordinal);
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

    [Fact]
    public void A_plan_shows_every_new_package_once_however_deep_and_whatever_else_is_new()
    {
        using var journey = TourTests.Ready();
        journey.Repository.Add(Enumerable.Range(0, 9).Select(at => TinyPackage.Plain($"chain{at}", depends: at < 8 ? $"chain{at + 1}" : "hello"))).Publish();
        journey.Write("tool = \"*\"").Works("apply");
        // tool is there already and brings something new; chain0 is asked for.
        journey.Repository.Add(TinyPackage.Program("tool", "3.0", depends: "library, extra"), TinyPackage.Plain("extra")).Publish();
        journey.Repository.Date += TimeSpan.FromHours(1);
        journey.Repository.Publish();

        var plan = journey.Write("tool = \">=3\"\nchain0 = \"*\"").Works("plan").Output;

        Assert.All(Enumerable.Range(0, 9), at => Assert.Contains($"─ chain{at} 1.0", plan, StringComparison.Ordinal));
        Assert.Contains("─ extra 1.0", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("(above)", plan, StringComparison.Ordinal);
    }

    [Fact]
    public void An_optional_package_that_is_left_out_is_told_when_the_lock_is_made()
    {
        using var journey = TourTests.Ready().Write("hello = \"*\"\nnosuch = { optional = true }");

        Assert.Contains("Left out, because optional and not to be had: nosuch.", journey.Works("lock").Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Left out", journey.Works("lock").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_named_for_one_command_has_the_command_line_for_its_place()
    {
        using var journey = TourTests.Ready();
        Directory.CreateDirectory(Path.Combine(journey.Root, "config"));
        File.WriteAllText(Path.Combine(journey.Root, "config", "config.toml"), journey.Repository.ProfileTable);

        var said = journey.Vpkg("run", "-p", "nosuch", "--", "nosuch");

        Assert.Equal(3, said.ExitCode);
        Assert.Contains("  at -p nosuch\n", said.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unfinished_merge_of_the_profile_is_called_so()
    {
        using var journey = TourTests.Ready().Write("<<<<<<< HEAD\nhello = \"*\"\n=======\ntool = \"*\"\n>>>>>>> other");

        Assert.Contains("mark of an unfinished merge", journey.Vpkg("apply").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_lock_the_options_that_forbid_making_one_say_so()
    {
        using var journey = TourTests.Ready().Write("hello = \"*\"");

        Assert.All(
            (string[][])[["apply", "--locked"], ["apply", "--frozen"], ["lock", "--check"]],
            words => Assert.Contains("error[VS1011]", journey.Vpkg(words).Error, StringComparison.Ordinal));
        journey.Works("lock");
        journey.Write("tool = \"*\"");
        Assert.Contains("error[VS1010]", journey.Vpkg("lock", "--check").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_profile_for_another_version_of_the_program_is_refused()
    {
        using var journey = TourTests.Ready().Write("hello = \"*\"", "[profile]\nrequires-vpkg = \">=99\"\n");

        var refused = journey.Vpkg("apply");

        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("error[VS1028]: The profile is for vpkg >=99", refused.Error, StringComparison.Ordinal);
        journey.Write("hello = \"*\"", "[profile]\nrequires-vpkg = \">=0.1\"\n").Works("lock");
    }

    [Fact]
    public void What_a_repository_says_of_its_use_counts()
    {
        using var journey = TourTests.Ready();
        journey.Repository.ValidUntil = TimeProvider.System.GetUtcNow().AddHours(-1);
        journey.Repository.Publish();
        journey.Write("hello = \"*\"");
        Assert.Equal(4, journey.Vpkg("lock").ExitCode);

        journey.Profile = journey.Profile.Replace("trust = \"unsigned\"", "trust = \"unsigned\"\ncheck-valid-until = false", StringComparison.Ordinal);
        journey.Works("lock");

        journey.Profile = journey.Profile.Replace("check-valid-until = false", "architectures = [\"arm64\"]", StringComparison.Ordinal);
        Assert.Contains("error[VS4006]", journey.Vpkg("lock", "--refresh").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_gc_forgets_is_what_its_options_say()
    {
        using var journey = TourTests.Ready().Write("hello = \"*\"");
        journey.Works("apply");
        journey.Works("install", "library");
        journey.Works("install", "tool");
        journey.Works("generations", "pin", "1");

        journey.Works("gc", "--older-than", "1d");
        Assert.Equal(3, Generations());
        journey.Works("gc", "--keep", "1", "--dry-run");
        Assert.Equal(3, Generations());
        journey.Works("gc", "--keep", "1");
        Assert.Equal(2, Generations()); // the pinned and the current one
        journey.Works("generations", "unpin", "1");
        journey.Works("gc", "--max-size", "1");
        Assert.Equal(1, Generations());
        journey.Works("verify", "--store");

        int Generations() => journey.Works("generations").Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length;
    }

    [Fact]
    public void Too_little_room_is_noticed_before_anything_is_fetched()
    {
        using var journey = TourTests.Ready();
        journey.Repository.RawParagraphs = $"Package: vast\nVersion: 1\nArchitecture: all\nInstalled-Size: 99999999999\nFilename: vast.deb\nSize: 1\nSHA256: {new string('0', 64)}\nDescription: vast\n\n";
        journey.Repository.Publish();

        var refused = journey.Write("vast = \"*\"").Vpkg("apply");

        Assert.Equal(5, refused.ExitCode);
        Assert.Contains("error[VS6001]", refused.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Downloading", refused.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("n", "Nothing was changed.", 1)]
    [InlineData("", "Generation 2 is current.", 2)]
    public void On_a_terminal_a_removal_is_asked_about(string answer, string said, int generations)
    {
        using var journey = TourTests.Ready().Write("hello = \"*\"");
        journey.Works("apply");
        journey.Before = ["env", "CI=", "sh", "-c", $"sleep 0; echo '{answer}' | script -qefc \"$*\" /dev/null", "sh"];

        var asked = journey.Vpkg("remove", "hello");

        Assert.Contains("Proceed? [Y/n]", asked.Output, StringComparison.Ordinal);
        Assert.Contains(said, asked.Output, StringComparison.Ordinal);
        Assert.Equal(0, asked.ExitCode);
        journey.Before = [];
        Assert.Equal(generations, journey.Works("generations").Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public void A_reader_that_has_seen_enough_is_no_error()
    {
        using var journey = TourTests.Ready().Write("hello = \"*\"");
        journey.Works("lock");
        journey.Before = ["bash", "-c", "set -o pipefail; \"$@\" | head -n 1", "bash"];

        Assert.Equal(0, journey.Vpkg("list", "--all").ExitCode);
        Assert.Equal(0, journey.Vpkg("--help").ExitCode);
    }

    private static Journey Mail()
    {
        var journey = TourTests.Ready();
        journey.Repository.Add(TinyPackage.Program("post").Field("Provides", "mail")).Publish();
        return journey;
    }
}
