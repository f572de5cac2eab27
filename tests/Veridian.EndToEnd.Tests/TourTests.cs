using Veridian.Testing;

namespace Veridian.EndToEnd.Tests;

/// <summary>The tour of the handbook, command by command, with the built program.</summary>
public sealed class TourTests
{
    [NeedsFact(Needs.Bubblewrap)]
    public void The_tour_works_as_written()
    {
        using var journey = Ready();

        journey.Works("init");
        Assert.Contains("vpkg.lock", File.ReadAllText(Path.Combine(journey.Folder, ".gitattributes")), StringComparison.Ordinal);
        Assert.Contains("/.vpkg/", File.ReadAllText(Path.Combine(journey.Folder, ".gitignore")), StringComparison.Ordinal);
        journey.Profile += journey.Repository.ProfileTable;

        journey.Works("install", "hello", "tool>=1");
        if (TinyProgram.Runs)
        {
            Assert.Equal(new Said(0, "hello 1.0\n", ""), journey.Vpkg("run", "--", "hello"));
            Assert.Equal(new Said(3, "tool 1.0\n", ""), journey.Vpkg("run", "tool", "--with", "-q", "arguments"));
            Assert.Equal(new Said(0, "a shell\n", ""), journey.Vpkg("shell", "-c", "anything"));
        }

        journey.Works("list");
        journey.Works("tree", "tool");
        journey.Works("tree", "library", "--invert");
        journey.Works("info", "tool");
        journey.Works("search", "hel");
        Assert.Equal("All packages are up to date.\n", journey.Works("outdated").Output);
        Assert.StartsWith("Nothing to do", journey.Works("plan").Output, StringComparison.Ordinal);
        Assert.StartsWith("Nothing to do", journey.Works("apply").Output, StringComparison.Ordinal);

        journey.Repository.Add(TinyPackage.Program("hello", "2.0"), TinyPackage.Program("tool", "1.5", 4, "library")).Publish();
        journey.Repository.Date += TimeSpan.FromHours(1);
        journey.Repository.Publish();
        Assert.Contains("hello", journey.Works("outdated", "--refresh").Output, StringComparison.Ordinal);
        Assert.Contains("hello 1.0 -> 2.0", journey.Works("update", "hello").Error, StringComparison.Ordinal);
        Assert.Contains("tool 1.0 -> 1.5", journey.Works("update").Error, StringComparison.Ordinal);
        Assert.Equal("All packages are up to date.\n", journey.Works("update").Output);

        var refused = journey.Vpkg("remove", "tool");
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("VS1013", refused.Error, StringComparison.Ordinal);
        journey.Works("remove", "tool", "--yes");

        journey.Works("generations");
        journey.Works("diff", "1", "2");
        journey.Works("diff");
        journey.Works("rollback");
        Assert.Contains("tool", journey.Profile, StringComparison.Ordinal);
        journey.Works("rollback", "1");
        if (TinyProgram.Runs)
        {
            Assert.Equal("hello 1.0\n", journey.Vpkg("run", "hello").Output);
        }

        journey.Works("generations", "pin", "2");
        journey.Works("gc", "--dry-run", "--keep", "1");
        journey.Works("gc", "--keep", "1");
        journey.Works("generations", "list");
        journey.Works("verify");
        journey.Works("verify", "--store");
        journey.Works("store", "du");
        journey.Works("store", "roots");
        journey.Works("cache", "info");
        journey.Works("lock", "--check");

        Golden.Matches("tour.txt", journey.Transcript);
    }

    [Fact]
    public void Comments_and_order_of_the_profile_survive_install_and_remove()
    {
        using var journey = Ready();
        var text = $"# the very first line\n{journey.Repository.ProfileTable}\n[packages] # what we need\nhello = \"*\"   # said daily\n\n# tools\ntool = \">=1\"\n\n[env]\nA = \"b\" # last\n";
        journey.Profile = text;

        journey.Works("install", "library");
        Assert.Equal(text.Split('\n'), journey.Profile.Split('\n').Where(line => line != "library = \"*\""));

        journey.Works("remove", "library", "--yes");
        Assert.Equal(text, journey.Profile);
    }

    [Fact]
    public void A_clone_elsewhere_gets_the_same_store_paths_from_the_lock_alone()
    {
        using var journey = Ready().Write("hello = \"*\"\ntool = \"*\"");
        journey.Works("apply");
        using var clone = new Journey();
        File.Copy(journey.ProfilePath, clone.ProfilePath);
        File.Copy(Path.Combine(journey.Folder, "vpkg.lock"), Path.Combine(clone.Folder, "vpkg.lock"));
        Directory.Delete(Path.Combine(journey.Repository.Folder, "dists"), recursive: true);

        clone.Works("apply", "--frozen");

        string[] Objects(Journey of) => [.. Directory.GetDirectories(Path.Combine(of.Root, "store/objects")).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];
        Assert.Equal(Objects(journey), Objects(clone));
        Assert.Equal(File.ReadAllBytes(Path.Combine(journey.Folder, "vpkg.lock")), File.ReadAllBytes(Path.Combine(clone.Folder, "vpkg.lock")));
    }

    [NeedsFact(Needs.Bubblewrap)]
    public void A_named_environment_is_applied_and_run_beside_the_default_one()
    {
        using var journey = Ready().Write("hello = \"*\"", "[environment.more.packages]\ntool = \"*\"\n");
        journey.Works("apply");
        Assert.Contains("has not been applied yet", journey.Vpkg("run", "-e", "more", "hello").Error, StringComparison.Ordinal);
        journey.Works("apply", "-e", "more");

        Assert.Contains("tool", journey.Works("list", "-e", "more").Output, StringComparison.Ordinal);
        Assert.DoesNotContain("tool", journey.Works("list").Output, StringComparison.Ordinal);
        Assert.StartsWith("Nothing to do", journey.Works("apply", "-e", "more").Output, StringComparison.Ordinal);
        if (TinyProgram.Runs)
        {
            Assert.Equal(3, journey.Vpkg("run", "-e", "more", "tool").ExitCode);
            Assert.Equal(0, journey.Vpkg("run", "hello").ExitCode);
            Assert.NotEqual(3, journey.Vpkg("run", "tool").ExitCode);
        }
    }

    [Fact]
    public void Two_commands_at_once_lose_no_update()
    {
        using var journey = Ready().Write("");
        using var first = journey.Start(journey.Folder, "install", "hello");
        using var second = journey.Start(journey.Folder, "install", "tool");

        Assert.All([first, second], process =>
        {
            var error = process.StandardError.ReadToEnd();
            process.WaitForExit();
            Assert.True(process.ExitCode == 0, error);
        });

        Assert.Contains("hello = ", journey.Profile, StringComparison.Ordinal);
        Assert.Contains("tool = ", journey.Profile, StringComparison.Ordinal);
        Assert.Contains("hello", journey.Works("list").Output, StringComparison.Ordinal);
        Assert.StartsWith("Nothing to do", journey.Works("apply").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_command_that_is_killed_leaves_the_old_or_the_new_state()
    {
        using var journey = Ready().Write("hello = \"*\"");
        journey.Works("apply");
        foreach (var wait in new[] { 100, 250, 400, 600, 900 })
        {
            journey.Write($"hello = \"*\"\ntool = \"*\" # {wait}");
            using (var killed = journey.Start(journey.Folder, "apply"))
            {
                killed.WaitForExit(wait);
                killed.Kill(entireProcessTree: true);
                killed.WaitForExit();
            }

            journey.Works("verify", "--store");
            journey.Works("apply");
            journey.Works("verify");
        }
    }

    [NeedsFact(Needs.Mirror | Needs.Bubblewrap)]
    public void Real_software_of_the_mirror_is_installed_and_run()
    {
        using var journey = new Journey { Variables = { ["VPKG_HOST_ROOT"] = "" } };
        journey.Works("init");

        journey.Works("install", "jq", "--yes");

        var said = journey.Vpkg("run", "--", "jq", "--version");
        Assert.Equal(0, said.ExitCode);
        Assert.StartsWith("jq-", said.Output, StringComparison.Ordinal);
        Assert.Equal(5, journey.Vpkg("run", "--", "jq", "-n", "5|halt_error(5)").ExitCode);
        Assert.Equal(0, journey.Vpkg("verify").ExitCode);
    }

    /// <summary>A repository that is worth a tour.</summary>
    internal static Journey Ready()
    {
        var journey = new Journey();
        journey.Repository.Add(
            TinyPackage.Plain("base").Field("Essential", "yes").Executable("usr/bin/bash", TinyProgram.Make("a shell\n")).Link("usr/bin/sh", "bash"),
            TinyPackage.Program("hello"),
            TinyPackage.Program("tool", "1.0", 3, "library"),
            TinyPackage.Plain("library")).Publish();
        return journey;
    }
}
