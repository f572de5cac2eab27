using System.Globalization;
using System.Text.RegularExpressions;

namespace Veridian.Testing;

/// <summary>The counts of one or more test runs, read from what the runners print. Also compiled into <c>eng/targets.cs</c>.</summary>
/// <param name="Passed">Tests that passed.</param>
/// <param name="Failed">Tests that failed.</param>
/// <param name="Skipped">Tests that did not run.</param>
public readonly partial record struct TestSummary(int Passed, int Failed, int Skipped)
{
    /// <summary>The one line that ends <c>./build test</c>.</summary>
    public override string ToString() => $"{Passed} passed, {Failed} failed, {Skipped} skipped";

    /// <summary>Sum.</summary>
    public static TestSummary operator +(TestSummary left, TestSummary right) =>
        new(left.Passed + right.Passed, left.Failed + right.Failed, left.Skipped + right.Skipped);

    /// <summary>Adds up every summary in the output.</summary>
    /// <remarks>
    /// Two shapes are known: one line for each project, as <c>Passed!  - Failed: 0, Passed: 60, Skipped: 1, Total: 61</c>,
    /// and one block for a run, with <c>total: 122</c>, <c>failed: 0</c>, <c>succeeded: 120</c>, <c>skipped: 2</c> on lines of their own.
    /// </remarks>
    public static TestSummary Read(IEnumerable<string> output)
    {
        var sum = default(TestSummary);
        foreach (var line in output)
        {
            if (ProjectLine().Match(line) is { Success: true } project)
            {
                sum += new TestSummary(Number(project, "passed"), Number(project, "failed"), Number(project, "skipped"));
            }
            else if (BlockLine().Match(line) is { Success: true } block)
            {
                var count = Number(block, "count");
                sum += block.Groups["what"].Value switch
                {
                    "succeeded" => new TestSummary(count, 0, 0),
                    "failed" => new TestSummary(0, count, 0),
                    _ => new TestSummary(0, 0, count),
                };
            }
        }

        return sum;
    }

    private static int Number(Match match, string group) => int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\s*(Passed|Failed|Skipped)!\s+-\s+Failed:\s*(?<failed>\d+), Passed:\s*(?<passed>\d+), Skipped:\s*(?<skipped>\d+), Total:")]
    private static partial Regex ProjectLine();

    [GeneratedRegex(@"^\s*(?<what>succeeded|failed|skipped): (?<count>\d+)\s*$")]
    private static partial Regex BlockLine();
}
