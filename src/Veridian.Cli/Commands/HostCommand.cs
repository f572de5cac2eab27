using System.CommandLine;

namespace Veridian.Cli.Commands;

internal static class HostCommand
{
    public static Command Create(CommonOptions common)
    {
        _ = common;
        var words = CommandWords.Create();
        var command = new Command("host", "Run a command of the host, also from inside an environment; its exit code is ours. Reads: nothing. Writes: nothing. Network: never by itself.") { words };
        command.SetAction((parse, _) =>
        {
            // Inside an environment the vpkg there answers this verb and leads out; here we are out already.
            HotPath.Replace("/usr/bin/env", ["env", "--", .. parse.GetValue(words)!], pure: false);
            return Task.FromResult(ExitCodes.Bug);
        });
        return command;
    }
}
