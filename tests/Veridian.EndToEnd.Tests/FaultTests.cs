using System.Diagnostics;
using Veridian.Faults;
using Veridian.Faults.Rows;
using Veridian.Faults.Scenes;
using Veridian.Testing;

namespace Veridian.EndToEnd.Tests;

/// <summary>A few cases of every row; <c>./build faults</c> runs all of them.</summary>
public sealed class FaultTests
{
    public static TheoryData<string, string, int> Sample => new()
    {
        { "kill", "apply", 4 },
        { "kill", "update", 2 },
        { "errors", "gc", 1 },
        { "open-errors", "rollback", 1 },
        { "read-errors", "apply", 1 },
        { "random", "remove", 2 },
        { "power", "rollback", 1 },
        { "full", "apply", 4 },
        { "crowd", "apply", 1 },
        { "clock", "apply", 3 },
        { "database", "update", 3 },
        { "recovery", "repair", 1 },
    };

    [Theory]
    [MemberData(nameof(Sample))]
    public void A_sample_of_every_fault_is_survived(string row, string scene, int most)
    {
        var tally = new Tally();
        var options = new Options { Scenes = [.. Scene.All.Where(each => each.Name == scene)], Most = most, Jobs = 1 };
        Row.All.Single(each => each.Name == row).Run(options, tally);
        if (tally.Skipped is not null)
        {
            Console.WriteLine($"skipped: faults of the row '{row}': {tally.Skipped}");
            return;
        }

        Assert.True(tally.Cases > 0, "there was no case");
        Assert.True(tally.Misses.Count == 0, string.Join("\n\n", tally.Misses));
    }

    [Fact]
    public void An_imprint_leaves_out_times_and_random_names_and_nothing_else()
    {
        using var folder = new TemporaryFolder();
        var (one, other) = (folder.PathOf("one"), folder.PathOf("other"));
        Make(one, ".new-0123456789abcdef", "made 2026-01-02T03:04:05Z\n");
        Make(other, ".new-fedcba9876543210", "made 2026-05-06T07:08:09Z\n");
        var imprint = Imprint.Of(one);
        Assert.Equal(imprint, Imprint.Of(other));

        File.SetUnixFileMode(Path.Combine(other, "linked"), UnixFileMode.UserRead);
        Assert.NotEqual(imprint, Imprint.Of(other));
        File.Delete(Path.Combine(one, "linked"));
        File.WriteAllText(Path.Combine(one, "linked"), "made 2026-01-02T03:04:05Z\n");
        Assert.NotEqual(imprint, Imprint.Of(one)); // equal contents, but two files
        File.WriteAllText(Path.Combine(one, "pending"), "");
        Assert.Null(Imprint.Of(one));

        static void Make(string folder, string name, string text)
        {
            Directory.CreateDirectory(folder);
            File.WriteAllText(Path.Combine(folder, name), text);
            using var link = Process.Start("ln", [Path.Combine(folder, name), Path.Combine(folder, "linked")]);
            link.WaitForExit();
        }
    }

    [Fact]
    public void Every_row_has_a_sample() => Assert.Equal(Row.All.Select(row => row.Name), Sample.Select(data => (string)data[0]).Distinct());
}
