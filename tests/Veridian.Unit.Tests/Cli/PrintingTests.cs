using Veridian.Cli;
using Veridian.Cli.Printing;
using Veridian.Core.Errors;
using Veridian.Core.Units;
using Veridian.Engine.Progress;

namespace Veridian.Unit.Tests.Cli;

public sealed class PrintingTests
{
    [Fact]
    public void A_tree_draws_branches_and_opens_a_node_once()
    {
        var below = new Dictionary<string, string[]> { ["a"] = ["b", "c"], ["b"] = ["c"], ["c"] = ["d"], ["d"] = [] };
        Assert.Equal(
            ["├─ a", "│  ├─ b", "│  │  └─ c", "│  │     └─ d", "│  └─ c (above)", "└─ d"],
            TreeText.Lines(["a", "d"], node => node, node => below[node], depth: 9));
    }

    [Fact]
    public void A_tree_ends_at_its_depth() =>
        Assert.Equal(["└─ 1", "   └─ 2"], TreeText.Lines([1], node => $"{node}", node => [node + 1], depth: 2));

    [Fact]
    public void A_table_pads_all_columns_but_the_last() =>
        Assert.Equal(["jq   1.6   json", "git  2.39"], Table.Lines([["jq", "1.6", "json"], ["git", "2.39", ""]]));

    [Fact]
    public void A_table_keeps_one_line_a_row_whatever_a_name_holds() =>
        Assert.Equal(["a\\x0ab  1", "c\\x1b   2"], Table.Lines([["a\nb", "1"], ["c\u001b", "2"]]));

    [Fact]
    public void An_error_shows_id_place_and_next_step()
    {
        var error = new InvalidInputException(ErrorCodes.ProfileValue, "Wrong.", "Mend it.", new SourceSpan("vpkg.toml", 3, 7));
        Assert.Equal(["error[VS1003]: Wrong.", "  at vpkg.toml:3:7", "  next: Mend it."], ErrorPrinter.Lines(error, text => text));
    }

    [Theory]
    [InlineData(typeof(InvalidInputException), 2)]
    [InlineData(typeof(UnsolvableException), 3)]
    [InlineData(typeof(UntrustedException), 4)]
    [InlineData(typeof(UnavailableException), 5)]
    [InlineData(typeof(StorageException), 5)]
    [InlineData(typeof(BuildFailedException), 6)]
    [InlineData(typeof(StoreDamagedException), 7)]
    [InlineData(typeof(BusyException), 8)]
    [InlineData(typeof(VeridianBugException), 1)]
    public void Every_class_of_error_has_its_exit_code(Type type, int code)
    {
        object?[] arguments = type == typeof(InvalidInputException) || type == typeof(UnsolvableException) ? [ErrorCodes.Usage, "", "", null, null] : [ErrorCodes.Usage, "", "", null];
        Assert.Equal(code, ExitCodes.Of((Exception)Activator.CreateInstance(type, arguments)!));
    }

    [Fact]
    public void A_download_line_tells_bytes_rate_and_time_left() =>
        Assert.Equal(
            "Downloading 25 MB of 100 MB, 5.0 MB/s, 0:15 left",
            ProgressPrinter.DownloadLine(new EngineEvent.Download(new ByteCount(25_000_000), new ByteCount(100_000_000), 1, 4, TimeSpan.FromSeconds(5))));

    [Fact]
    public void Fast_verbs_leave_unknown_options_to_the_long_way()
    {
        Assert.Null(HotArguments.TryRead(["apply", "--json"], takesCommand: false));
        Assert.Null(HotArguments.TryRead(["apply", "a", "b"], takesCommand: false));
        Assert.Equal("dir", HotArguments.TryRead(["apply", "-q", "dir"], takesCommand: false)!.Operand);
    }

    [Fact]
    public void Run_takes_everything_behind_the_command_as_it_is() =>
        Assert.Equal(["jq", "--root", "-q"], HotArguments.TryRead(["run", "-q", "--", "jq", "--root", "-q"], takesCommand: true)!.Command.ToArray());
}
