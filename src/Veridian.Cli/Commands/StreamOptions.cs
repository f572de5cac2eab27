using System.CommandLine;
using Veridian.Engine.Running;

namespace Veridian.Cli.Commands;

/// <summary>Which streams a command starts with: the usual three, or six.</summary>
/// <remarks>Source: <c>spec/kernel-fds.md</c> FD-2.</remarks>
internal sealed class StreamOptions
{
    private readonly Option<int> _count = new("--streams") { Description = "3, or 6 to open stddbg, stddati and stddato too", HelpName = "N", DefaultValueFactory = _ => 3 };
    private readonly Option<string?> _debug = Stream("--stddbg", "Bind descriptor 3, for messages to a developer");
    private readonly Option<string?> _dataIn = Stream("--stddati", "Bind descriptor 4, for data to read");
    private readonly Option<string?> _dataOut = Stream("--stddato", "Bind descriptor 5, for data to write");

    public void AddTo(Command command)
    {
        _count.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is not (3 or 6))
            {
                result.AddError("A command has 3 or 6 streams.");
            }
        });
        foreach (var option in (Option[])[_count, _debug, _dataIn, _dataOut])
        {
            command.Add(option);
        }
    }

    /// <summary>The six; null where the usual three are meant. Naming a stream asks for all.</summary>
    public SixStreams? Of(ParseResult parse)
    {
        var six = new SixStreams { Debug = parse.GetValue(_debug), DataIn = parse.GetValue(_dataIn), DataOut = parse.GetValue(_dataOut) };
        return parse.GetValue(_count) == 6 || six is not { Debug: null, DataIn: null, DataOut: null } ? six : null;
    }

    private static Option<string?> Stream(string name, string purpose) => new(name) { Description = purpose, HelpName = "FILE|fd:N" };
}
