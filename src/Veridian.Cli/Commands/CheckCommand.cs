using System.CommandLine;
using Veridian.Cli.Printing;
using Veridian.Engine.Checking;

namespace Veridian.Cli.Commands;

internal static class CheckCommand
{
    public static Command Create(CommonOptions common)
    {
        var command = new Command("check", "Read profile, includes, lock and configuration and name the first fault; exit 2 when the lock does not fit. Reads: these. Writes: nothing. Network: never.");
        command.SetAction(parse =>
        {
            var context = CommandContext.Of(parse, common);
            var files = FileChecks.Run(context.Workspace);
            if (context.Json)
            {
                ChangeFlow.PrintJson(context, new CheckDocument("vpkg.check/1", files), DocumentJson.Default.CheckDocument);
            }
            else
            {
                foreach (var line in Table.Lines([.. files.Select(file => new[] { file.State, file.File, file.Detail })]))
                {
                    context.Terminal.Result(line);
                }
            }

            return files.Any(file => file.State == "outdated") ? ExitCodes.InvalidInput : ExitCodes.Done;
        });
        return command;
    }
}
