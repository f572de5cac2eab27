using System.CommandLine;
using Veridian.Cli.Printing;
using Veridian.Engine.Configuring;
using Veridian.Engine.Locating;
using Veridian.Engine.ProcessMemory;
using Veridian.Engine;

namespace Veridian.Cli.Commands;

/// <summary>What a verb has at hand: the terminal, the workspace, whether JSON is wanted.</summary>
internal sealed class CommandContext
{
    private CommandContext(Terminal terminal, Workspace workspace, bool json) => (Terminal, Workspace, Json) = (terminal, workspace, json);

    public Terminal Terminal { get; }

    public Workspace Workspace { get; }

    public bool Json { get; }

    /// <summary>Reads the options that every verb takes.</summary>
    public static CommandContext Of(ParseResult parse, CommonOptions common, EngineSettings? settings = null, string? file = null)
    {
        AddressSpace.Require();
        var terminal = new Terminal(Environment.GetEnvironmentVariable) { Quiet = parse.GetValue(common.Quiet) };
        var locations = Locations.Resolve(parse.GetValue(common.Root), Environment.GetEnvironmentVariable);
        var profile = ProfileLocation.Find(file ?? parse.GetValue(common.File), parse.GetValue(common.Global), WorkingFolder.Path(), locations);
        profile = parse.GetValue(common.Environment) is { } name ? profile with { Environment = name } : profile;
        var configuration = Configuration.Read(locations, parse.GetValue(common.Root), Environment.GetEnvironmentVariable);
        var workspace = new Workspace
        {
            Locations = locations,
            Profile = profile,
            Settings = (settings ?? new EngineSettings()) with
            {
                Offline = parse.GetValue(common.Offline) || configuration.Offline,
                Jobs = parse.GetValue(common.Jobs) is var jobs and > 0 ? jobs : configuration.Jobs,
            },
            Observer = new ProgressPrinter(terminal, EventLines.Open(parse.GetValue(common.Events), configuration.Progress)),
            Variable = Environment.GetEnvironmentVariable,
        };
        return new CommandContext(terminal, workspace, parse.GetValue(common.Json));
    }

    /// <summary>The same terminal over another workspace.</summary>
    public CommandContext With(Workspace workspace) => new(Terminal, workspace, Json);

    /// <summary>Whether a variable says yes.</summary>
    public static bool IsSet(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value && value != "0";
}
