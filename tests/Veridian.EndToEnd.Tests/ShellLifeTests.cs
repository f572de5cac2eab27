using System.Diagnostics;
using Veridian.Testing;

namespace Veridian.EndToEnd.Tests;

/// <summary>Commands without a project, and projects in a user's own shell: <c>spec/cli.md</c> CL-30 to CL-35.</summary>
public sealed class ShellLifeTests
{
    private const string Settings = """
        [profile]
        inherit = ["HOME"]
        activate = ["echo lines of $VPKG_ACTIVE"]
        activate-fish = ["echo lines of $VPKG_ACTIVE"]
        [env]
        GREETING = "it's \"$$x\" in ${HOME}"
        OTHER = "2"
        """;

    [Fact]
    public void A_command_needs_no_project()
    {
        using var journey = TourTests.Ready();
        Directory.CreateDirectory(Path.Combine(journey.Root, "config"));
        File.WriteAllText(Path.Combine(journey.Root, "config/config.toml"), journey.Repository.ProfileTable);
        var empty = Directory.CreateDirectory(journey.PathOf("empty")).FullName;
        if (!TinyProgram.Runs)
        {
            return;
        }

        Assert.Equal((0, "hello 1.0\n"), Brief(journey.VpkgIn(empty, "run", "-p", "hello", "--", "hello", "--with", "-p")));
        Assert.Equal((3, "tool 1.0\n"), Brief(journey.VpkgIn(empty, "run", "-p", "hello", "-p", "tool", "tool", "-x")));
        Assert.Equal((127, ""), Brief(journey.VpkgIn(empty, "run", "-p", "hello", "nosuch")));
        Assert.Empty(Directory.GetFileSystemEntries(empty));

        // The second time nothing is looked for: the repository may be gone. The order of names does not matter.
        Directory.Delete(journey.Repository.Folder, recursive: true);
        Assert.Equal(new Said(0, "hello 1.0\n", ""), journey.VpkgIn(empty, "run", "-p", "tool", "-p", "hello", "--", "hello"));
        Assert.Equal(new Said(0, "a shell\n", ""), journey.VpkgIn(empty, "shell", "-p", "hello", "-c", "anything"));

        var roots = Directory.GetFiles(Path.Combine(journey.Root, "store/roots"));
        Assert.Contains("Removed 0 packages", journey.VpkgIn(empty, "gc").Output, StringComparison.Ordinal);
        foreach (var root in roots)
        {
            File.SetLastWriteTimeUtc(root, File.GetLastWriteTimeUtc(root) - TimeSpan.FromDays(31));
        }

        Assert.Contains("unused for 30 days", journey.VpkgIn(empty, "gc").Output, StringComparison.Ordinal);
        Assert.Empty(Directory.GetDirectories(Path.Combine(journey.Root, "store/environments")));
    }

    [NeedsFact(Needs.Mirror | Needs.Bubblewrap | Needs.Gpgv)]
    public void A_project_brings_its_own_etc_var_and_streams()
    {
        using var journey = new Journey();
        journey.Variables["VPKG_HOST_ROOT"] = "/";
        Directory.CreateDirectory(Path.Combine(journey.Folder, "over/sub"));
        File.WriteAllText(Path.Combine(journey.Folder, "over/hosts"), "1.2.3.4 here\n");
        File.WriteAllText(Path.Combine(journey.Folder, "over/sub/x.conf"), "x = 1\n");
        journey.Profile = "[profile]\netc = \"over\"\nstate = \".var\"\nhost-certificates = true\n[packages]\nbash = \"*\"\n";
        journey.Works("apply");

        // E-63, E-64: the project's files, and a /var that stays.
        Assert.Equal("1.2.3.4 here\nx = 1\n", journey.Works("run", "--", "cat", "/etc/hosts", "/etc/sub/x.conf").Output);
        journey.Works("run", "--", "sh", "-c", "echo kept > /var/lib/mine && echo kept > /var/log/mine");
        Assert.Equal("kept\nkept\n", journey.Works("run", "--", "cat", "/var/lib/mine", "/var/log/mine").Output);
        Assert.Equal("kept\n", File.ReadAllText(Path.Combine(journey.Folder, ".var/lib/mine")));
        File.WriteAllText(Path.Combine(journey.Folder, "over/new"), "new\n");
        Assert.Contains("Generation 2", journey.Works("apply").Output, StringComparison.Ordinal);
        Assert.Equal("new\n", journey.Works("run", "--", "cat", "/etc/new").Output);
        Assert.StartsWith("Nothing to do", journey.Works("apply").Output, StringComparison.Ordinal);
        File.Delete(Path.Combine(journey.Folder, "over/new"));
        Assert.Contains("Generation 3", journey.Works("apply").Output, StringComparison.Ordinal);
        File.CreateSymbolicLink(Path.Combine(journey.Folder, "over/link"), "/etc/passwd");
        Assert.Contains("VS1003", journey.Vpkg("apply").Error, StringComparison.Ordinal);

        // FD-2 to FD-4.
        File.WriteAllText(Path.Combine(journey.Folder, "in"), "data\n");
        journey.Works("run", "--stddbg", "debug", "--stddati", "in", "--stddato", "out", "--", "sh", "-c", "echo $VPKG_STREAMS >&3; cat <&4 >&5");
        Assert.Equal(("6\n", "data\n"), (File.ReadAllText(Path.Combine(journey.Folder, "debug")), File.ReadAllText(Path.Combine(journey.Folder, "out"))));
        Assert.Equal("end\n", journey.Works("run", "--streams", "6", "sh", "-c", "echo lost >&3 && cat <&4 && echo lost >&5 && echo end").Output);
        Assert.Contains("fd:77", journey.Vpkg("run", "--stddbg", "fd:77", "true").Error, StringComparison.Ordinal);
        Assert.Equal(2, journey.Vpkg("run", "--streams", "5", "true").ExitCode);

        // E-68, E-66, E-67.
        Assert.Equal("0\n", journey.Works("run", "--as-root", "--", "id", "-u").Output);
        Assert.Equal("unchanged\n", journey.Works("run", "--as-root", "--", "sh", "-c", "(echo > /usr/x) 2>/dev/null || echo unchanged").Output);
        Assert.Equal("yes\n", journey.Works("run", "--", "sh", "-c", "test -d /run/host/proc && echo yes").Output);
        Assert.Equal("out\n", journey.Works("host", "--", "echo", "out").Output);

        // CL-31: nothing of the caller but what says who and where.
        journey.Variables["FOREIGN"] = "1";
        Assert.Equal("[]\n", journey.Works("shell", "--pure", "-c", "echo \"[$FOREIGN]\"").Output);
        Assert.Equal("[1]\n", journey.Works("shell", "-c", "echo \"[$FOREIGN]\"").Output);

        // P-4: the profile's own shell, whatever the caller's is.
        File.Delete(Path.Combine(journey.Folder, "over/link"));
        journey.Profile = journey.Profile.Replace("[profile]\n", "[profile]\nshell = \"dash\"\n", StringComparison.Ordinal) + "dash = \"*\"\n";
        journey.Works("apply");
        Assert.Equal("/usr/bin/dash\n", journey.Works("run", "--", "sh", "-c", "echo $SHELL").Output);
        journey.Profile = journey.Profile.Replace("\"dash\"", "\"zsh\"", StringComparison.Ordinal);
        var refused = journey.Vpkg("apply");
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("'shell' names 'zsh'", refused.Error, StringComparison.Ordinal);
        Assert.Contains("vpkg.toml:2:", refused.Error, StringComparison.Ordinal);
        Assert.Equal("/usr/bin/dash\n", journey.Works("run", "--", "sh", "-c", "echo $SHELL").Output);
    }

    [Fact]
    public void An_environment_that_runs_is_not_collected()
    {
        using var journey = TourTests.Ready();
        if (!TinyProgram.Runs)
        {
            return;
        }

        journey.Write("hello = \"*\"");
        journey.Works("apply");
        var environments = Path.Combine(journey.Root, "store/environments");
        var first = Directory.GetDirectories(environments).Single();

        // A program of the host, held in the environment's own namespaces: nothing in the environment itself waits.
        var start = new ProcessStartInfo(Path.Combine(journey.Folder, ".vpkg/current/launch"), ["--exec", "/run/host" + Interpreter, "--library-path", Libraries, "/run/host/bin/cat"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        using var running = Process.Start(start)!;
        running.StandardInput.WriteLine("there");
        running.StandardInput.Flush();
        Assert.Equal("there", running.StandardOutput.ReadLine());
        journey.Write("tool = \"*\"");
        journey.Works("apply", "--yes");
        journey.Works("gc", "--keep", "1");
        Assert.True(Directory.Exists(first));
        running.StandardInput.Close();
        running.WaitForExit();
        journey.Works("gc");
        Assert.False(Directory.Exists(first));

        // Where it is gone all the same, the launcher says what to do.
        File.SetUnixFileMode(Directory.GetDirectories(environments).Single(), (UnixFileMode)0x1ED); // a sealed folder is moved only by an owner who may write to it
        Directory.Move(Directory.GetDirectories(environments).Single(), journey.PathOf("away"));
        var said = journey.Vpkg("run", "tool");
        Assert.Equal(5, said.ExitCode);
        Assert.StartsWith("error[VS6311]: ", said.Error, StringComparison.Ordinal);
        Assert.Contains("/usr'", said.Error, StringComparison.Ordinal);
    }

    private const string Interpreter = "/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2"; // the name in /lib64 is a link that leads back into the environment
    private const string Libraries = "/run/host/lib/x86_64-linux-gnu:/run/host/usr/lib/x86_64-linux-gnu";

    [NeedsFact(Needs.Bash)]
    public void Bash_activates_a_project_as_its_folder_is_entered() => Hook("bash", "--norc --noprofile");

    [NeedsFact(Needs.Zsh)]
    public void Zsh_activates_a_project_as_its_folder_is_entered() => Hook("zsh", "-f");

    [NeedsFact(Needs.Fish)]
    public void Fish_activates_a_project_as_its_folder_is_entered() => Hook("fish", "--no-config");

    [NeedsFact(Needs.Bash)]
    public void A_prompt_starts_no_program()
    {
        using var journey = Applied();
        var hook = journey.Works("hook", "bash").Output;
        var (_, output) = Shell(journey, "bash", "", $$"""
            {{hook}}
            PATH=/nowhere
            cd {{journey.Folder}}
            trap 'echo forked' CHLD
            __vpkg_hook; __vpkg_hook
            echo "$? $VPKG_ACTIVE"
            """);
        Assert.Equal($"0 {journey.Folder}\n", output.Replace("forked\n", "", StringComparison.Ordinal));
        Assert.True(output.Split("forked").Length <= 2, output);
    }

    [NeedsFact(Needs.Bash)]
    public void A_project_cannot_name_its_own_code()
    {
        using var journey = Applied();
        var evil = Directory.CreateDirectory(journey.PathOf("evil/.vpkg/current")).FullName;
        File.WriteAllText(journey.PathOf("evil/vpkg.toml"), "");
        File.WriteAllText(Path.Combine(evil, "activate.sh"), "echo evil\n");
        var (_, output) = Shell(journey, "bash", "", $"{journey.Works("hook", "bash").Output}\ncd {journey.PathOf("evil")}\n__vpkg_hook\necho \"[${{VPKG_ACTIVE-}}]\"\n");
        Assert.Equal("[]\n", output);
    }

    [Fact]
    public void Variables_are_printed_for_other_programs()
    {
        using var journey = Applied();
        Assert.Contains("export GREETING='it'\\''s \"$x\" in ", journey.Works("env").Output, StringComparison.Ordinal);
        Assert.Contains("\"schema\": \"vpkg.env/1\"", journey.Works("env", "--format", "json").Output, StringComparison.Ordinal);
        Assert.Contains("VS1003", journey.Vpkg("env", "--format", "dotenv").Error, StringComparison.Ordinal);
        Assert.Equal(2, journey.Vpkg("env", "--format", "xml").ExitCode);
        Assert.Contains("Did you mean 'bash'?", journey.Vpkg("hook", "bsh").Error, StringComparison.Ordinal);
        Assert.Contains("use_vpkg()", journey.Works("hook", "direnv").Output, StringComparison.Ordinal);
    }

    private static void Hook(string shell, string options)
    {
        using var journey = Applied();
        var hook = journey.Works("hook", shell).Output;
        var (keep, say) = shell == "fish" ? ("set -gx GREETING before", "echo \"[$GREETING] [$OTHER] [$VPKG_ACTIVE]\"") : ("export GREETING=before", "echo \"[$GREETING] [${OTHER-}] [${VPKG_ACTIVE-}]\"");
        var script = $"{keep}\n{hook}\ncd {journey.Folder}\n__vpkg_hook\n{say}\ncommand -v hello\nhello\ncd /\n__vpkg_hook\n{say}\n";
        var launcher = Path.Combine(journey.Root, "state/projects") + "/";
        var (error, output) = Shell(journey, shell, options, script);
        var greeting = $"it's \"$x\" in {journey.PathOf("")}".TrimEnd('/');
        Assert.Contains("not trusted", error, StringComparison.Ordinal);
        Assert.StartsWith($"[{greeting}] [2] [{journey.Folder}]\n{launcher}", output, StringComparison.Ordinal);
        Assert.EndsWith((TinyProgram.Runs ? "hello 1.0\n" : "") + "[before] [] []\n", output, StringComparison.Ordinal);

        Assert.Contains("echo lines of $VPKG_ACTIVE", journey.Works("trust").Output, StringComparison.Ordinal);
        Assert.StartsWith($"lines of {journey.Folder}\n", Shell(journey, shell, options, script).Output, StringComparison.Ordinal);
        journey.Works("untrust");
        Assert.Contains("not trusted", Shell(journey, shell, options, script).Error, StringComparison.Ordinal);
    }

    private static Journey Applied()
    {
        var journey = TourTests.Ready();
        journey.Write("hello = \"*\"", Settings);
        journey.Works("apply");
        return journey;
    }

    private static (int, string) Brief(Said said) => (said.ExitCode, said.Output);

    private static (string Error, string Output) Shell(Journey journey, string shell, string options, string script)
    {
        var file = journey.PathOf("script");
        File.WriteAllText(file, script);
        var start = new ProcessStartInfo(shell, [.. options.Split(' ', StringSplitOptions.RemoveEmptyEntries), file])
        {
            WorkingDirectory = "/",
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["HOME"] = journey.PathOf("").TrimEnd('/');
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (error.Result, output);
    }
}
