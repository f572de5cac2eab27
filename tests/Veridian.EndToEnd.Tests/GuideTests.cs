using System.Diagnostics;
using System.Text.RegularExpressions;
using Veridian.Testing;

namespace Veridian.EndToEnd.Tests;

/// <summary>What README and guides tell a newcomer to type works as it stands there, block after block, in a fresh folder.</summary>
public sealed partial class GuideTests
{
    public static TheoryData<string, string> Documents => new()
    {
        { "README.md", "## A tour" },
        { "docs/guides/project-environments.md", "" },
        { "docs/guides/user-profile.md", "" },
        { "docs/guides/rollback.md", "" },
        { "docs/guides/offline.md", "" },
        { "docs/guides/ci.md", "" },
        { "docs/guides/disk-space.md", "" },
        { "docs/guides/trust.md", "" },
    };

    [NeedsTheory(Needs.Bubblewrap)]
    [MemberData(nameof(Documents))]
    public void Every_command_of_a_guide_works_as_written(string document, string heading)
    {
        if (!TinyProgram.Runs)
        {
            Console.WriteLine("skipped: the programs of the tests are for another processor");
            return;
        }

        using var journey = Ready();
        var text = File.ReadAllText(Checkout.PathOf(document));
        if (heading.Length > 0)
        {
            text = text[text.IndexOf(heading + "\n", StringComparison.Ordinal)..];
            text = text[..text.IndexOf("\n## ", 5, StringComparison.Ordinal)];
        }

        var blocks = Block().Matches(text).Select(match => match.Groups["code"].Value).ToArray();
        Assert.NotEmpty(blocks);
        foreach (var block in blocks)
        {
            var (exit, said) = Shell(journey, block);
            Assert.True(exit == 0, $"{document}:\n{block}\nended with {exit}:\n{said}");
        }
    }

    [Fact]
    public void Every_guide_is_tried()
    {
        var guides = Directory.EnumerateFiles(Checkout.PathOf("docs/guides"), "*.md").Select(file => "docs/guides/" + Path.GetFileName(file));
        Assert.Equal(guides.Order(StringComparer.Ordinal), Documents.Select(row => (string)row[0]).Where(name => name != "README.md").Order(StringComparer.Ordinal));
    }

    /// <summary>A user whose configuration names a repository with the packages that the guides speak of.</summary>
    private static Journey Ready()
    {
        var journey = new Journey();
        journey.Repository.Add(
            TinyPackage.Plain("base").Field("Essential", "yes").Executable("usr/bin/bash", TinyProgram.Make("a shell\n")).Link("usr/bin/sh", "bash"),
            TinyPackage.Program("jq", "1.7", depends: "libjq1"),
            TinyPackage.Plain("libjq1", "1.7"),
            TinyPackage.Plain("mawk", "1.3"),
            TinyPackage.Plain("ripgrep", "14.1").Executable("usr/bin/rg", TinyProgram.Make("ripgrep 14.1\n")),
            TinyPackage.Plain("sqlite3", "3.40"),
            TinyPackage.Plain("git", "2.39")).Publish();
        Directory.CreateDirectory(Path.Combine(journey.Root, "config"));
        File.WriteAllText(Path.Combine(journey.Root, "config", "config.toml"), journey.Repository.ProfileTable);
        return journey;
    }

    private static (int Exit, string Said) Shell(Journey journey, string code)
    {
        var start = new ProcessStartInfo("sh", ["-e", "-c", $"vpkg() {{ {string.Join(' ', Checkout.Program)} \"$@\"; }}\n{{\n{code}\n}} 2>&1"])
        {
            WorkingDirectory = journey.Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment["VPKG_ROOT"] = journey.Root;
        start.Environment["VPKG_YES"] = "1";
        start.Environment["VPKG_HOST_ROOT"] = journey.PathOf("no-host");
        start.Environment["HOME"] = journey.PathOf("home");
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, said);
    }

    [GeneratedRegex("^```sh\n(?<code>.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Block();
}
