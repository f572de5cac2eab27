using System.CommandLine;

namespace Veridian.Cli.Commands;

internal static class RunCommand
{
    public static Command Create(CommonOptions common)
    {
        var words = CommandWords.Create();
        var asRoot = new Option<bool>("--as-root") { Description = "Be user 0 inside, with other users where you have a range of ids" };
        var packages = new AdHocOptions();
        var streams = new StreamOptions();
        var command = new Command("run", "Run a command in the environment; its exit code is ours. Reads: the generation. Writes: nothing; with -p the store. Network: never by itself; with -p when something is missing.") { words, asRoot };
        command.Aliases.Add("x");
        packages.AddTo(command);
        streams.AddTo(command);
        command.SetAction(async (parse, cancellationToken) =>
        {
            HotPath.Enter(await packages.LauncherAsync(parse, common, cancellationToken), parse.GetValue(words)!, streams: streams.Of(parse), asRoot: parse.GetValue(asRoot));
            return ExitCodes.Bug;
        });
        return command;
    }
}
