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
        Assert.Equal(5, journey.VpkgIn(empty, "run", "-p", "library", "--offline", "--", "x").ExitCode);

        var roots = Directory.GetFiles(Path.Combine(journey.Root, "store/roots"));
        Assert.Contains("Removed 0 packages", journey.VpkgIn(empty, "gc").Output, StringComparison.Ordinal);
        foreach (var root in roots)
        {
            File.SetLastWriteTimeUtc(root, File.GetLastWriteTimeUtc(root) - TimeSpan.FromDays(31));
        }

        Assert.Contains("unused for 30 days", journey.VpkgIn(empty, "gc").Output, StringComparison.Ordinal);
        Assert.Empty(Directory.GetDirectories(Path.Combine(journey.Root, "store/environments")));
    }

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
