using Veridian.Testing;

namespace Veridian.Unit.Tests.Testing;

public sealed class TestSummaryTests
{
    [Fact]
    public void Lines_of_several_projects_are_added_up()
    {
        var sum = TestSummary.Read(
        [
            "Passed!  - Failed:     0, Passed:    60, Skipped:     1, Total:    61, Duration: 42 ms - A.Tests.dll (net10.0)",
            "  Failed A_test_that_failed: 3 [1 ms]",
            "Failed!  - Failed:     2, Passed:     5, Skipped:     0, Total:     7, Duration: 1 m - B.Tests.dll (net10.0)",
            "Skipped! - Failed:     0, Passed:     0, Skipped:     3, Total:     3, Duration: 9 ms - C.Tests.dll (net10.0)",
        ]);

        Assert.Equal(new TestSummary(65, 2, 4), sum);
        Assert.Equal("65 passed, 2 failed, 4 skipped", sum.ToString());
    }

    [Fact]
    public void The_block_of_a_whole_run_is_read_too()
    {
        var sum = TestSummary.Read(["Test run summary: Passed!", "  total: 122", "  failed: 0", "  succeeded: 120", "  skipped: 2", "  duration: 3s 120ms"]);

        Assert.Equal(new TestSummary(120, 0, 2), sum);
    }

    [Theory]
    [InlineData("Failed:     0, Passed:    60")]
    [InlineData("   expected skipped: 2 of them")]
    [InlineData("Passed!")]
    [InlineData("")]
    public void Anything_else_counts_nothing(string line) => Assert.Equal(default, TestSummary.Read([line]));
}
