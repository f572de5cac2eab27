using System.Diagnostics;
using System.Text.Json;
using Veridian.Testing;

namespace Veridian.EndToEnd.Tests;

/// <summary>The verbs around an environment: explaining, configuring, recording, looking, checking, mending.</summary>
public sealed class UpkeepTests
{
    [Fact]
    public void Every_error_that_is_met_can_be_explained()
    {
        using var journey = new Journey();
        var error = journey.Vpkg("list").Error;
        var id = error[(error.IndexOf('[', StringComparison.Ordinal) + 1)..error.IndexOf(']', StringComparison.Ordinal)];

        Assert.Contains("What to do", journey.Works("explain", id).Output, StringComparison.Ordinal);
        Assert.Contains(id, journey.Works("explain").Output, StringComparison.Ordinal);
        Assert.Equal(2, journey.Vpkg("explain", "VS9999").ExitCode);
    }

    [Fact]
    public void A_setting_says_where_it_comes_from_and_counts()
    {
        using var journey = TourTests.Ready().Write("hello = \"*\"");
        Assert.Equal("from default\n", journey.Works("config", "get", "offline").Error);
        journey.Works("config", "set", "offline", "true");
        journey.Works("config", "set", "jobs", "3");

        var file = journey.Works("config", "path").Output.Trim();
        Assert.Equal("[settings]\noffline = true\njobs = 3\n", File.ReadAllText(file));
        Assert.Equal("true\n", journey.Works("config", "get", "offline").Output);
        journey.Profile = journey.Profile.Replace(journey.Repository.Url, "http://127.0.0.1:9/debian", StringComparison.Ordinal);
        Assert.Contains("VS4002", journey.Vpkg("apply").Error, StringComparison.Ordinal);

        journey.Variables["VPKG_OFFLINE"] = "0";
        Assert.Contains("variable VPKG_OFFLINE", journey.Works("config", "list").Output, StringComparison.Ordinal);
        journey.Works("config", "unset", "offline");
        Assert.Equal("[settings]\njobs = 3\n", File.ReadAllText(file));
        Assert.Contains("Did you mean 'jobs'?", journey.Vpkg("config", "set", "job", "1").Error, StringComparison.Ordinal);
        File.WriteAllText(file, "[settings]\njobs = \"many\"\n");
        Assert.Contains($"{file}:2:", journey.Vpkg("check").Error, StringComparison.Ordinal);
        journey.Works("config", "set", "jobs", "1");
    }

    [Fact]
    public void The_configuration_is_edited_as_a_copy_that_is_checked()
    {
        using var journey = new Journey();
        var file = journey.Works("config", "path").Output.Trim();
        journey.Variables["VISUAL"] = "printf '[settings]\\njobs = 3\\n' > \"$1\"; true";
        Assert.Contains("Changed", journey.Works("config", "edit").Output, StringComparison.Ordinal);
        Assert.Equal("[settings]\njobs = 3\n", File.ReadAllText(file));

        journey.Variables["VISUAL"] = "echo 'jobs = many' >> \"$1\"; true";
        var wrong = journey.Vpkg("config", "edit");
        Assert.Equal(2, wrong.ExitCode);
        Assert.Contains(file + ".edited:3:", wrong.Error, StringComparison.Ordinal);
        Assert.Equal("[settings]\njobs = 3\n", File.ReadAllText(file));

        // The next edit begins with what was refused.
        journey.Variables["VISUAL"] = "sed -i '$d'";
        Assert.Contains("Nothing was changed", journey.Works("config", "edit").Output, StringComparison.Ordinal);
        Assert.False(File.Exists(file + ".edited"));

        journey.Variables["VISUAL"] = "false";
        Assert.Contains("ended with 1", journey.Vpkg("config", "edit").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_log_is_followed()
    {
        using var journey = TourTests.Ready().Write("hello = \"*\"");
        journey.Works("apply");
        using var following = journey.Start(journey.Folder, "log", "--follow", "-n", "1");
        try
        {
            Assert.Contains("vpkg apply", following.StandardOutput.ReadLine(), StringComparison.Ordinal);
            journey.Works("install", "tool");
            Assert.Contains("vpkg install", following.StandardOutput.ReadLine(), StringComparison.Ordinal);
        }
        finally
        {
            following.Kill();
            following.WaitForExit();
        }

        Assert.Equal(2, journey.Vpkg("log", "--follow", "--json").ExitCode);
    }

    [Fact]
    public void The_log_tells_what_was_done_and_how_it_ended()
    {
        using var journey = TourTests.Ready().Write("hello = \"*\"");
        journey.Works("apply");
        journey.Works("install", "tool");
        journey.Vpkg("install", "nosuch");
        journey.Works("list");
        journey.Works("plan");
        journey.Works("rollback");
        journey.Works("gc", "--dry-run");

        using var document = JsonDocument.Parse(journey.Works("log", "--json").Output);
        var lines = document.RootElement.GetProperty("commands").EnumerateArray()
            .Select(line => $"{line.GetProperty("command").GetString()!.Split(' ')[0]} {line.GetProperty("exitCode")} {line.GetProperty("generation")}");
        Assert.Equal(["apply 0 1", "install 0 2", "install 3 2", "rollback 0 1"], lines);
        Assert.Contains("exit 3", journey.Works("log", "-n", "2").Output, StringComparison.Ordinal);
        File.AppendAllText(Path.Combine(journey.Root, "state", "log"), "torn");
        journey.Works("log");
    }

    [Fact]
    public void The_store_shows_what_it_holds_and_why()
    {
        using var journey = TourTests.Ready().Write("tool = \"*\"");
        journey.Works("apply");

        Assert.Contains("usr/share/doc/library/readme", journey.Works("store", "ls", "library").Output, StringComparison.Ordinal);
        Assert.Equal("library 1.0\n", journey.Works("store", "cat", "library", "usr/share/doc/library/readme").Output);
        Assert.Contains("generation 1", journey.Works("store", "why-alive", "library").Output, StringComparison.Ordinal);
        Assert.Contains("1 name in library 1.0", journey.Works("store", "du", "--by", "file").Output, StringComparison.Ordinal);
        Assert.Equal(2, journey.Vpkg("store", "ls", "nosuch").ExitCode);

        TestStore.Overwrite(Path.Combine(journey.Works("store", "path", "library").Output.Trim(), "usr/share/doc/library/readme"), "another\n");
        Assert.Equal(7, journey.Vpkg("store", "cat", "library", "usr/share/doc/library/readme").ExitCode);

        Directory.CreateDirectory(journey.PathOf("loose"));
        var path = journey.Works("store", "add", journey.PathOf("loose")).Output.Trim();
        Assert.Contains("vpkg gc", journey.Works("store", "why-alive", path).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_saved_plan_is_applied_exactly_and_only_where_it_fits()
    {
        using var journey = TourTests.Ready().Write("hello = \"*\"");
        var saved = journey.PathOf("plan");
        Assert.Equal(10, journey.Vpkg("plan", "-o", saved, "--detailed-exitcode").ExitCode);

        // What came meanwhile is not in the plan.
        journey.Repository.Add(TinyPackage.Program("hello", "2.0")).Publish();
        journey.Works("apply", saved);
        Assert.Contains("1.0", journey.Works("list").Output, StringComparison.Ordinal);

        var again = journey.Vpkg("apply", saved);
        Assert.Equal(2, again.ExitCode);
        Assert.Contains("VS1023", again.Error, StringComparison.Ordinal);

        journey.Write("hello = \"*\"\ntool = \"*\"");
        journey.Works("plan", "-o", saved);
        journey.Write("hello = \"*\"\ntool = \"*\" # edited");
        Assert.Contains("VS1023", journey.Vpkg("apply", saved).Error, StringComparison.Ordinal);
        Assert.DoesNotContain("tool", journey.Works("list").Output, StringComparison.Ordinal);

        File.WriteAllText(saved, File.ReadAllText(saved).Replace("tool", "fool", StringComparison.Ordinal));
        Assert.Contains("VS1024", journey.Vpkg("apply", saved).Error, StringComparison.Ordinal);
        Assert.Contains("VS1018", journey.Vpkg("plan", "-o", journey.ProfilePath).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Events_are_JSON_lines_on_the_descriptor_that_was_asked_for()
    {
        using var journey = TourTests.Ready().Write("hello = \"*\"");
        var events = journey.PathOf("events");
        journey.Before = ["sh", "-c", $"exec \"$@\" 3>'{events}'", "sh"];

        var said = journey.Works("apply", "--events", "jsonl:3");

        Assert.DoesNotContain("{\"", said.Error, StringComparison.Ordinal);
        var lines = File.ReadAllLines(events).Select(line => JsonDocument.Parse(line).RootElement).ToArray();
        Assert.All(lines, line => Assert.Equal("vpkg.event/1", line.GetProperty("schema").GetString()));
        Assert.Contains(lines, line => line.GetProperty("event").GetString() == "unpack");
        journey.Before = [];
        Assert.Contains("\"step\"", journey.Works("update", "--events", "jsonl").Error, StringComparison.Ordinal);
        Assert.Equal(2, journey.Vpkg("plan", "--events", "xml").ExitCode);
        Assert.Equal(2, journey.Vpkg("plan", "--events", "jsonl:77").ExitCode);
    }

    [Fact]
    public void A_conflict_in_the_lock_is_merged_and_solved()
    {
        using var journey = TourTests.Ready().Write("hello = \"*\"");
        journey.Works("lock");
        var path = Path.Combine(journey.Folder, "vpkg.lock");
        var common = File.ReadAllText(path);
        journey.Write("hello = \"*\"\ntool = \"*\"").Works("lock");
        var ours = File.ReadAllText(path);
        File.WriteAllText(path, common);
        journey.Write("hello = \"*\"\nlibrary = \"*\"").Works("lock");
        var theirs = File.ReadAllText(path);

        File.WriteAllText(path, $"<<<<<<< ours\n{ours}||||||| base\n{common}=======\n{theirs}>>>>>>> theirs\n");
        journey.Write("hello = \"*\"\ntool = \"*\"\nlibrary = \"*\"");
        Assert.Contains("vpkg lock --merge", journey.Vpkg("apply").Error, StringComparison.Ordinal);
        journey.Works("lock", "--merge");
        journey.Works("lock", "--check");
        Assert.Contains("nothing to do", journey.Works("lock", "--merge").Output, StringComparison.Ordinal);

        // What no profile can have leaves the file alone.
        var conflict = $"<<<<<<< ours\n{ours}=======\n{theirs}>>>>>>> theirs\n";
        File.WriteAllText(path, conflict);
        journey.Write("nosuch = \"*\"");
        Assert.Equal(3, journey.Vpkg("lock", "--merge").ExitCode);
        Assert.Equal(conflict, File.ReadAllText(path));
    }

    [Fact]
    public void Git_merges_locks_with_the_driver()
    {
        if (!File.Exists("/usr/bin/git"))
        {
            Console.WriteLine("skipped: git is not installed");
            return;
        }

        using var journey = TourTests.Ready();
        var wrapper = journey.PathOf("vpkg");
        File.WriteAllText(wrapper, $"#!/bin/sh\nexec {string.Join(' ', Checkout.Program)} \"$@\"\n");
        File.SetUnixFileMode(wrapper, (UnixFileMode)0x1ED);
        journey.Works("init");
        journey.Write("hello = \"*\"\n# tools\n# come\n# here").Works("lock");
        Git("init", "-q", "-b", "main");
        Git("config", "merge.vpkg-lock.driver", $"'{wrapper}' lock --merge %O %A %B");
        Commit("common");
        Git("checkout", "-q", "-b", "other");
        journey.Write("hello = \"*\"\n# tools\n# come\n# here", "\n[environment.more.packages]\ntool = \"*\"\n").Works("lock", "-e", "more");
        Commit("other");
        Git("checkout", "-q", "main");
        journey.Write("library = \"*\"\nhello = \"*\"\n# tools\n# come\n# here").Works("lock");
        Commit("ours");

        Git("merge", "-q", "--no-edit", "other");

        Assert.DoesNotContain("<<<<<<<", File.ReadAllText(Path.Combine(journey.Folder, "vpkg.lock")), StringComparison.Ordinal);
        journey.Works("lock");
        journey.Works("lock", "-e", "more");
        Assert.Contains("library", File.ReadAllText(Path.Combine(journey.Folder, "vpkg.lock")), StringComparison.Ordinal);
        Assert.Contains("tool", File.ReadAllText(Path.Combine(journey.Folder, "vpkg.lock")), StringComparison.Ordinal);

        void Commit(string message)
        {
            Git("add", "-A");
            Git("-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-q", "-m", message);
        }

        void Git(params string[] arguments)
        {
            var start = new ProcessStartInfo("git", ["-c", "user.name=a", "-c", "user.email=a@example.org", .. arguments]) { WorkingDirectory = journey.Folder, RedirectStandardError = true };
            start.Environment["HOME"] = journey.PathOf("home");
            using var git = Process.Start(start)!;
            var error = git.StandardError.ReadToEnd();
            git.WaitForExit();
            Assert.True(git.ExitCode == 0, $"git {string.Join(' ', arguments)}: {error}");
        }
    }

    [Fact]
    public void Checking_and_formatting_name_the_first_fault_and_change_nothing_unasked()
    {
        using var journey = TourTests.Ready().Write("hello   =   \"*\"");
        journey.Works("lock");
        Assert.Contains("sound", journey.Works("check").Output, StringComparison.Ordinal);
        var before = journey.Profile;
        Assert.Equal(2, journey.Vpkg("fmt", "--check").ExitCode);
        Assert.Equal(before, journey.Profile);
        journey.Works("fmt");
        Assert.Contains("hello = \"*\"\n", journey.Profile, StringComparison.Ordinal);
        journey.Works("fmt", "--check");
        journey.Works("check");

        journey.Write("hello = \"*\"\ntool = \"*\"");
        var outdated = journey.Vpkg("check");
        Assert.Equal(2, outdated.ExitCode);
        Assert.Contains("outdated", outdated.Output, StringComparison.Ordinal);
        journey.Write("hello = 3");
        Assert.Contains("vpkg.toml:", journey.Vpkg("check").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_manual_page_is_one_that_groff_can_set()
    {
        using var journey = new Journey();
        journey.Works("man", "--output", journey.PathOf("man"));
        Assert.True(File.Exists(journey.PathOf("man/vpkg-apply.1")));
        Assert.Equal(File.ReadAllText(journey.PathOf("man/vpkg-apply.1")), journey.Works("man", "apply").Output);
        if (!File.Exists("/usr/bin/groff"))
        {
            Console.WriteLine("skipped: groff is not installed");
            return;
        }

        foreach (var page in Directory.GetFiles(journey.PathOf("man")))
        {
            using var groff = Process.Start(new ProcessStartInfo("groff", ["-man", "-Tutf8", "-ww", "-z", page]) { RedirectStandardError = true })!;
            var complaints = groff.StandardError.ReadToEnd();
            groff.WaitForExit();
            Assert.True(groff.ExitCode == 0 && complaints.Length == 0, $"{page}: {complaints}");
        }
    }

    [Fact]
    public void An_unknown_package_is_named_with_its_place_for_programs_too()
    {
        using var journey = TourTests.Ready().Write("hello = \">=9\"");
        using var document = JsonDocument.Parse(journey.Vpkg("apply", "--json").Output);
        Assert.StartsWith("vpkg.toml:", document.RootElement.GetProperty("error").GetProperty("place").GetString(), StringComparison.Ordinal);
    }
}
