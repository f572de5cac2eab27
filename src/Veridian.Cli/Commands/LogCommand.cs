using System.CommandLine;
using System.Globalization;
using Veridian.Cli.Printing;
using Veridian.Core.Errors;
using Veridian.Engine.Recording;

namespace Veridian.Cli.Commands;

internal static class LogCommand
{
    public static Command Create(CommonOptions common)
    {
        var all = new Option<bool>("--all", "-a") { Description = "Of every profile, not only of this one" };
        var most = new Option<int>("--lines", "-n") { Description = "The last N; 0 for all", HelpName = "N", DefaultValueFactory = _ => 50 }.NotNegative();
        var follow = new Option<bool>("--follow", "-f") { Description = "Go on with what other commands do, until interrupted" };
        var command = new Command("log", "What was done here, newest last. Reads: the operation log. Writes: nothing. Network: never.") { all, most, follow };
        command.SetAction(async (parse, cancellationToken) =>
        {
            var context = CommandContext.Of(parse, common);
            var commands = OperationHistory.Read(context.Workspace, ofProfile: !parse.GetValue(all));
            var seen = commands.Count;
            if (parse.GetValue(most) is var limit and > 0)
            {
                commands = [.. commands.TakeLast(limit)];
            }

            if (context.Json && parse.GetValue(follow))
            {
                throw new InvalidInputException(ErrorCodes.Usage, "'--json' prints one document, and '--follow' has no end.", "Leave out one of them.");
            }

            if (context.Json)
            {
                return ChangeFlow.PrintJson(context, new LogDocument("vpkg.log/1", commands), DocumentJson.Default.LogDocument);
            }

            foreach (var line in Table.Lines([.. commands.Select(Row)]))
            {
                context.Terminal.Result(line);
            }

            if (parse.GetValue(follow))
            {
                await foreach (var done in OperationHistory.FollowAsync(context.Workspace, ofProfile: !parse.GetValue(all), seen, cancellationToken))
                {
                    context.Terminal.Result(string.Join("  ", Row(done)).TrimEnd());
                }
            }

            return ExitCodes.Done;

            string[] Row(RecordedCommand done) =>
            [
                done.Time.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
                done.ExitCode == 0 ? "done" : $"exit {done.ExitCode}",
                done.Generation > 0 ? $"generation {done.Generation}" : "-",
                $"vpkg {done.Command}",
                parse.GetValue(all) ? done.Profile : "",
            ];
        });
        return command;
    }
}
