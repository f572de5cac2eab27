using System.Diagnostics;
using Veridian.Testing;

namespace Veridian.EndToEnd.Tests;

/// <summary>A dozen real programs of Debian, small enough for every run of the tests; <c>./build matrix</c> runs all of <c>eng/matrix</c>.</summary>
public sealed class ProgramTests
{
    private static readonly string[] Dozen = ["jq", "ripgrep", "git", "sqlite3", "bash", "zsh", "xz", "zstd", "gawk", "bc", "make", "openssl"];

    [NeedsFact(Needs.Mirror | Needs.Bubblewrap | Needs.Gpgv)]
    public void A_dozen_programs_do_what_they_are_for()
    {
        var entries = File.ReadLines(Checkout.PathOf("eng/matrix/tools.tsv")).Select(line => line.Split('\t')).Where(fields => Dozen.Contains(fields[0])).ToList();
        Assert.Equal(Dozen.Length, entries.Count);
        using var journey = new Journey();
        journey.Variables["VPKG_HOST_ROOT"] = "/";
        journey.Profile = $"[packages]\n{string.Concat(entries.SelectMany(fields => fields[1].Split(' ')).Append("bash").Distinct().Select(name => $"{name} = \"*\"\n"))}";
        journey.Works("apply");
        var launcher = Path.Combine(journey.Folder, ".vpkg/current/launch");
        var failures = entries.Select(fields => Run(launcher, Directory.CreateDirectory(journey.PathOf("work-" + fields[0])).FullName, fields[3]) is var (code, said) && code != 0
            ? $"{fields[0]}: exit {code}: {said}\n" : "");
        Assert.Equal("", string.Concat(failures));
    }

    private static (int, string) Run(string launcher, string folder, string script)
    {
        var start = new ProcessStartInfo(launcher, ["--exec", "bash", "-c", script])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["HOME"] = folder;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.Result);
    }
}
