using System.Diagnostics;
using System.Text;
using Veridian.Testing;

namespace Veridian.EndToEnd.Tests;

/// <summary>The command line itself: help, completion, colours, refusals and exit codes.</summary>
public sealed class CommandLineTests
{
    private static readonly string[] Verbs =
    [
        "init", "install", "remove", "update", "hold", "unhold", "apply", "plan", "lock", "rollback", "generations", "generations list", "generations switch",
        "generations pin", "generations unpin", "generations delete", "diff", "run", "shell", "activate", "deactivate", "hook", "env", "host", "trust", "untrust", "list", "tree", "why", "why-not", "info", "search", "outdated",
        "gc", "verify", "store", "store du", "store add", "store rebuild-index", "store path", "store roots", "store ls", "store cat", "store why-alive", "cache", "cache info", "cache clean",
        "doctor", "check", "fmt", "config", "config list", "config get", "config set", "config unset", "config path", "config edit", "log", "explain", "completion", "completion bash", "completion fish", "completion zsh", "completion names", "man",
    ];

    [Fact]
    public void Help_of_every_verb_is_what_people_have_read()
    {
        using var journey = new Journey();
        var text = new StringBuilder(journey.Works("--help").Output);
        foreach (var verb in Verbs)
        {
            text.Append("\n==== ").Append(verb).Append('\n').Append(journey.Works([.. verb.Split(' '), "--help"]).Output);
        }

        Golden.Matches("help.txt", text.ToString());
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    public void Completions_are_code_that_their_shell_can_read(string shell)
    {
        using var journey = new Journey();
        var script = journey.Works("completion", shell).Output;
        Assert.Contains("rollback", script, StringComparison.Ordinal);
        if (!File.Exists($"/usr/bin/{shell}") && !File.Exists($"/bin/{shell}"))
        {
            return;
        }

        File.WriteAllText(journey.PathOf("completion"), script);
        using var check = Process.Start(shell, ["-n", journey.PathOf("completion")]);
        check.WaitForExit();
        Assert.Equal(0, check.ExitCode);
    }

    [Theory]
    [InlineData("vpkg gen", "generations")]
    [InlineData("vpkg roll", "rollback")]
    [InlineData("vpkg apply --fro", "--frozen")]
    [InlineData("vpkg --offline rollb", "rollback")]
    [InlineData("vpkg store why", "why-alive")]
    [InlineData("vpkg store du --by ro", "root")]
    [InlineData("vpkg completion z", "zsh")]
    [InlineData("vpkg --off", "--offline")]
    [InlineData("vpkg env --format jso", "json")]
    public void Bash_and_fish_complete_what_was_begun(string line, string word)
    {
        using var journey = new Journey();
        AssertCompletes(journey, line, word);
    }

    [Fact]
    public void Bash_and_fish_complete_names_of_packages_that_fit_the_verb()
    {
        using var journey = TourTests.Ready();
        journey.Write("hello = \"*\"\ntool = \"*\"");
        journey.Works("apply");

        AssertCompletes(journey, "vpkg remove he", "hello");
        AssertCompletes(journey, "vpkg remove li");
        AssertCompletes(journey, "vpkg why li", "library");
        AssertCompletes(journey, "vpkg install --dry-run ba", "base");
        AssertCompletes(journey, "vpkg install ba --dr", "--dry-run");
        AssertCompletes(journey, $"vpkg -f {journey.PathOf("nowhere")} remove he");
        Assert.Equal("", journey.Works("completion", "names", "available").Output);
        journey.Profile = "not a profile";
        AssertCompletes(journey, "vpkg install ba");
    }

    private static void AssertCompletes(Journey journey, string line, params string[] words)
    {
        foreach (var shell in new[] { "bash", "fish" }.Where(shell => File.Exists($"/usr/bin/{shell}")))
        {
            File.WriteAllText(journey.PathOf(shell), journey.Works("completion", shell).Output);
            var code = shell == "bash"
                ? "source \"$0\"; COMP_WORDS=($1); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _vpkg; printf '%s\\n' \"${COMPREPLY[@]}\""
                : "source $argv[1]; complete -C $argv[2] | string split -f1 \\t";
            var start = new ProcessStartInfo(shell, ["-c", code, journey.PathOf(shell), line]) { RedirectStandardOutput = true, WorkingDirectory = journey.Folder };
            start.Environment["HOME"] = journey.PathOf("");
            start.Environment["PATH"] = $"{OnPath(journey)}:{Environment.GetEnvironmentVariable("PATH")}";
            using var process = Process.Start(start)!;
            Assert.Equal(words, process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries));
        }
    }

    /// <summary>A folder with a <c>vpkg</c> that works on the journey's root.</summary>
    private static string OnPath(Journey journey)
    {
        var folder = Directory.CreateDirectory(journey.PathOf("path")).FullName;
        var words = string.Join(' ', Checkout.Program.Select(word => $"'{word}'"));
        File.WriteAllText(Path.Combine(folder, "vpkg"), $"#!/bin/sh\nverb=$1; shift; VPKG_HOST_ROOT='{folder}' exec {words} \"$verb\" --root '{journey.Root}' \"$@\"\n");
        File.SetUnixFileMode(Path.Combine(folder, "vpkg"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return folder;
    }

    [Fact]
    public void An_unknown_verb_is_answered_with_the_nearest_one()
    {
        using var journey = new Journey();

        var said = journey.Vpkg("instal", "jq");

        Assert.Equal(2, said.ExitCode);
        Assert.Contains("VS1012", said.Error, StringComparison.Ordinal);
        Assert.Contains("vpkg install", said.Error, StringComparison.Ordinal);
        Assert.Equal("", said.Output);
    }

    [Fact]
    public void Errors_are_coloured_only_where_colour_is_wanted()
    {
        using var journey = new Journey();
        Assert.DoesNotContain('\u001b', journey.Vpkg("list").Error);

        journey.Variables["CLICOLOR_FORCE"] = "1";
        Assert.Contains('\u001b', journey.Vpkg("list").Error);

        journey.Variables["NO_COLOR"] = "1";
        Assert.DoesNotContain('\u001b', journey.Vpkg("list").Error);
    }

    [Fact]
    public void Every_kind_of_failure_has_its_exit_code()
    {
        using var journey = TourTests.Ready();
        Assert.Equal(2, journey.Vpkg("apply").ExitCode);
        Assert.Equal(2, journey.Write("hello = 3").Vpkg("apply").ExitCode);
        Assert.Equal(3, journey.Write("nosuch = \"*\"").Vpkg("apply").ExitCode);
        Assert.Equal(3, journey.Write("hello = \">=9\"").Vpkg("apply").ExitCode);

        journey.Repository.Add(TinyPackage.Plain("needy", depends: "missing")).Publish();
        var unsolvable = journey.Write("needy = \"*\"").Vpkg("apply", "--refresh");
        Assert.Equal(3, unsolvable.ExitCode);
        Assert.Contains("└─", unsolvable.Error, StringComparison.Ordinal);

        journey.Write("hello = \"*\"");
        journey.Profile = journey.Profile.Replace("trust = \"unsigned\"\n", "", StringComparison.Ordinal);
        Assert.Equal(4, journey.Vpkg("apply").ExitCode);

        journey.Write("hello = \"*\"");
        journey.Profile = journey.Profile.Replace(journey.Repository.Url, "http://127.0.0.1:9/debian", StringComparison.Ordinal);
        var offline = journey.Vpkg("apply", "--offline");
        Assert.Equal(5, offline.ExitCode);
        Assert.Contains("VS4002", offline.Error, StringComparison.Ordinal);

        Assert.Equal(10, journey.Write("hello = \"*\"").Vpkg("plan", "--detailed-exitcode").ExitCode);
        Golden.Matches("failures.txt", journey.Transcript);
    }

    [Fact]
    public void Verify_ends_with_7_when_a_file_was_changed()
    {
        using var journey = TourTests.Ready().Write("library = \"*\"");
        journey.Works("apply");
        var package = journey.Works("store", "path", "library").Output.Trim();
        TestStore.Overwrite(Path.Combine(package, "usr/share/doc/library/readme"), "another\n");

        var said = journey.Vpkg("verify");

        Assert.Equal(7, said.ExitCode);
        Assert.Contains("changed", said.Output, StringComparison.Ordinal);
        Assert.Contains("usr/share/doc/library/readme", said.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_looks_at_what_the_lock_names_and_explains_what_it_found()
    {
        using var journey = TourTests.Ready().Write("hello = \"*\"");
        Assert.Contains("VS1011", journey.Vpkg("verify", "--lock").Error, StringComparison.Ordinal);
        journey.Works("apply");
        journey.Works("verify", "--lock");
        var package = journey.Works("store", "path", "hello").Output.Trim();
        journey.Write("hello = \"*\"\nlibrary = \"*\"").Works("lock");
        TestStore.Overwrite(Path.Combine(package, "usr/bin/hello"), "another\n");

        var said = journey.Vpkg("verify", "--lock", "--explain");

        Assert.Equal(7, said.ExitCode);
        Assert.Contains("usr/bin/hello", said.Output, StringComparison.Ordinal);
        Assert.Contains("changed: The bytes are not those", said.Output, StringComparison.Ordinal);
        Assert.Equal(2, journey.Vpkg("verify", "--lock", "--store").ExitCode);
    }

    [Fact]
    public void Verify_says_which_locked_packages_are_not_there_or_have_another_tree()
    {
        using var journey = TourTests.Ready().Write("hello = \"*\"");
        journey.Works("apply");
        var text = File.ReadAllText(Path.Combine(journey.Folder, "vpkg.lock"));
        var tree = text[(text.IndexOf("tree = \"", StringComparison.Ordinal) + 8)..][..64];
        File.WriteAllText(Path.Combine(journey.Folder, "vpkg.lock"), text.Replace(tree, new string('0', 64), StringComparison.Ordinal));
        Assert.Contains("another tree than the lock's", journey.Vpkg("verify", "--lock").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Work_without_network_opens_no_socket()
    {
        using var journey = TourTests.Ready().Write("hello = \"*\"");
        journey.Works("apply");
        if (!CanTrace())
        {
            Console.WriteLine("skipped: strace cannot be used here");
            return;
        }

        journey.Before = ["strace", "-f", "-e", "trace=connect,bind,sendto", "-o", journey.PathOf("trace")];
        foreach (var arguments in new string[][] { ["apply"], ["list"], ["plan", "--offline"], ["apply", "--offline", "--solver", "z3"], ["install", "library", "--offline"], ["rollback"] })
        {
            journey.Works(arguments);
            Assert.DoesNotContain("AF_INET", File.ReadAllText(journey.PathOf("trace")), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("-INT", 130)]
    [InlineData("-TERM", 143)]
    public void A_command_that_is_interrupted_or_terminated_says_so(string signal, int code)
    {
        using var journey = TourTests.Ready().Write("hello = \"*\"");
        journey.Works("lock");
        using var follow = journey.Start(journey.Folder, "log", "--follow");
        Assert.Contains("lock", follow.StandardOutput.ReadLine(), StringComparison.Ordinal);

        Process.Start("kill", [signal, $"{follow.Id}"]).WaitForExit();

        Assert.True(follow.WaitForExit(TimeSpan.FromMinutes(1)));
        Assert.Equal(code, follow.ExitCode);
        Assert.Contains("interrupted", follow.StandardError.ReadToEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public void Events_go_to_a_descriptor_of_the_caller_and_to_no_other()
    {
        using var journey = TourTests.Ready().Write("hello = \"*\"");

        Assert.All((string[])["jsonl:9", "jsonl:4711", "xml"], format => Assert.Equal(2, journey.Vpkg("plan", "--events", format).ExitCode));
    }

    private static bool CanTrace()
    {
        if (!File.Exists("/usr/bin/strace"))
        {
            return false;
        }

        using var probe = Process.Start(new ProcessStartInfo("strace", ["-o", "/dev/null", "true"]) { RedirectStandardError = true })!;
        probe.WaitForExit();
        return probe.ExitCode == 0;
    }
}
