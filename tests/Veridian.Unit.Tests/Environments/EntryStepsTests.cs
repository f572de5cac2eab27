using Veridian.Core.Hashing;
using Veridian.Engine.Environments.Composing;
using Veridian.Engine.Environments.Running;
using Veridian.Engine.Environments.Running.Entering;

namespace Veridian.Unit.Tests.Environments;

/// <summary>The way into an environment, <c>spec/environments.md</c> E-17 to E-20 and E-60, without going it.</summary>
public sealed class EntryStepsTests
{
    private const int OpenTree = 428, MoveMount = 429, SetAttributes = 442;

    [Fact]
    public void Everything_is_taken_before_anything_is_hidden()
    {
        var calls = EntrySteps.Of(Settings());
        Assert.True(calls.ToList().FindLastIndex(call => call.Number == OpenTree) < calls.ToList().FindIndex(call => call.Number == MoveMount));
    }

    [Fact]
    public void Every_tree_is_laid_where_it_belongs()
    {
        var calls = EntrySteps.Of(Settings());
        var laid = calls.Select((call, index) => (call, index)).Where(pair => pair.call.Number == MoveMount)
            .Select(pair => (Text(calls[pair.index - ((KernelArgument.Answer)pair.call.Arguments[0]).CallsBefore], 1), Text(pair.call, 3)));
        Assert.Equal(
            [
                ("/s/e/usr", "/usr"), ("/s/e/etc", "/etc"), ("/s/e/opt", "/opt"), ("/s/e/srv", "/srv"), ("/s/e/var", "/var"), ("/g/etc", "/run/vpkg"),
                ("/run/dbus", "/run/dbus"), ("/run/user", "/run/user"), ("/", "/run/host"), ("/etc/hostname", "/etc/hostname"), ("/etc/hosts", "/etc/hosts"),
                ("/etc/localtime", "/etc/localtime"), ("/etc/resolv.conf", "/etc/resolv.conf"), ("/s", "/s"), ("/s", "/run/host/s"),
            ],
            laid);
    }

    [Fact]
    public void Directories_of_run_are_made_before_anything_of_the_host_is_laid_there()
    {
        var calls = EntrySteps.Of(Settings() with { Folders = [new RuntimeFolder("/run/db", 0x1FD, 7, 8), new RuntimeFolder("/var/log/x", 0x1ED, 0, 0)] }).ToList();
        var made = calls.FindIndex(call => call is { Number: 258, Needed: null } && Text(call, 1) == "/run/db");
        Assert.Equal([258, 260, 268, 258, 260, 268], calls.Skip(made).Take(6).Select(call => call.Number));
        Assert.Equal("/run/var/log/x", Text(calls[made + 3], 1));
        Assert.True(made < calls.FindIndex(call => call.Number == MoveMount && Text(call, 3) == "/run/dbus"));
        Assert.DoesNotContain(EntrySteps.Of(Settings() with { State = "/p/s", Folders = [new RuntimeFolder("/var/log/x", 0x1ED, 0, 0)] }), call => call.Number == 260);
    }

    [Fact]
    public void What_lies_over_one_another_is_taken_last_and_laid_in_its_turn()
    {
        var calls = EntrySteps.Of(Settings() with { Parts = [new PlacedPart("usr", "/s/e/usr", "/s/l/usr"), new PlacedPart("usr/x", "/s/l/usr/x")] }).ToList();
        var overlay = calls.FindIndex(call => call is { Number: 165, Arguments: [KernelArgument.Text { Content: "overlay" }, ..] });
        Assert.Equal("lowerdir=/s/e/usr:/s/l/usr", Text(calls[overlay], 4));
        Assert.Equal(overlay + 1, calls.FindLastIndex(call => call.Number == OpenTree));
        Assert.Equal(Text(calls[overlay], 1), Text(calls[overlay + 1], 1));
        var laid = calls.Index().Where(call => call.Item.Number == MoveMount).Take(2).ToList();
        Assert.Equal(["/usr", "/usr/x"], laid.Select(call => Text(call.Item, 3)));
        Assert.Equal(overlay + 1, laid[0].Index - ((KernelArgument.Answer)laid[0].Item.Arguments[0]).CallsBefore);
    }

    [Theory]
    [InlineData("/s", "/run")]
    [InlineData("/run/user/7/s", "/srv")]
    public void It_is_made_where_it_hides_nothing_that_is_needed(string store, string place)
    {
        var calls = EntrySteps.Of(Settings() with { StoreFolder = store, Parts = [new PlacedPart("usr", $"{store}/e/usr", $"{store}/l/usr")] });
        Assert.Contains(calls, call => call.Number == 165 && call.Arguments is [KernelArgument.Text { Content: "overlay" }, KernelArgument.Text at, ..] && at.Content == place);
    }

    [Fact]
    public void What_is_not_meant_to_be_written_is_made_read_only_at_once()
    {
        var calls = EntrySteps.Of(Settings() with { State = "/p/state" });
        var writable = calls.Select((call, index) => (call, index))
            .Where(pair => pair.call.Number == MoveMount && (calls[pair.index + 1].Number != SetAttributes || Text(calls[pair.index + 1], 1) != Text(pair.call, 3)))
            .Select(pair => Text(pair.call, 3));
        Assert.Equal(["/var", "/run/dbus", "/run/user", "/run/host"], writable);
    }

    [Fact]
    public void An_answer_is_used_once_and_by_a_later_call()
    {
        foreach (var calls in (IReadOnlyList<KernelCall>[])[EntrySteps.AsUser, EntrySteps.Of(Settings()), EntrySteps.ToHost])
        {
            var answers = calls.SelectMany((call, index) => call.Arguments.OfType<KernelArgument.Answer>().Select(answer => index - answer.CallsBefore)).ToList();
            Assert.All(answers, index => Assert.InRange(index, 0, calls.Count - 1));
            Assert.Equal(answers.Count, answers.Distinct().Count());
            Assert.All(calls, call => Assert.InRange(call.Arguments.Count, 0, 5));
        }
    }

    [Fact]
    public void The_program_is_a_static_file_of_two_parts_without_writable_code()
    {
        var file = EntryProgram.For(Settings());
        Assert.Equal([0x7F, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1], file[..7]);
        Assert.Equal((5, 6, 6), (BitConverter.ToInt32(file, 64 + 4), BitConverter.ToInt32(file, 64 + 56 + 4), BitConverter.ToInt32(file, 64 + 112 + 4)));
        Assert.Equal(file, EntryProgram.For(Settings()));
    }

    private static string Text(KernelCall call, int argument) => ((KernelArgument.Text)call.Arguments[argument]).Content;

    private static RunSettings Settings() => new()
    {
        Environment = Blake3.Hash("e"u8),
        Name = "test",
        EnvironmentFolder = "/s/e",
        StoreFolder = "/s",
        GenerationFiles = "/g/etc",
        Host = new HostRoot(new HashSet<string>(), new Dictionary<string, string>()),
        Bubblewrap = "/usr/bin/bwrap",
    };
}
