using Veridian.Faults;
using Veridian.Faults.Rows;
using Veridian.Faults.Scenes;

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
    public void Every_row_has_a_sample() => Assert.Equal(Row.All.Select(row => row.Name), Sample.Select(data => (string)data[0]).Distinct());
}
