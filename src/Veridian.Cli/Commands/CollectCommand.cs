using System.CommandLine;
using Veridian.Cli.Printing;
using Veridian.Core.Units;
using Veridian.Engine.Maintaining;

namespace Veridian.Cli.Commands;

internal static class CollectCommand
{
    public static Command Create(CommonOptions common)
    {
        var olderThan = new Option<string?>("--older-than") { Description = "First forget generations older than this: 30d, 12h, 2w", HelpName = "AGE" };
        var keep = new Option<int?>("--keep") { Description = "First forget all but the newest N generations", HelpName = "N" }.NotNegative();
        var maxSize = new Option<string?>("--max-size") { Description = "First forget the oldest generations until the store would fit: 20G", HelpName = "SIZE" };
        var dryRun = new Option<bool>("--dry-run", "-n") { Description = "Show what would go and keep it" };
        var command = new Command("gc", "Remove what no generation needs. Destructive for old generations only where an option says so. Reads: roots, running environments. Writes: store, generations, cache. Network: never.") { olderThan, keep, maxSize, dryRun };
        command.SetAction((parse, cancellationToken) =>
        {
            var context = CommandContext.Of(parse, common);
            var policy = CollectPolicy.Parse(parse.GetValue(olderThan), parse.GetValue(keep), parse.GetValue(maxSize));
            var outcome = Collect.Run(context.Workspace, policy, parse.GetValue(dryRun), cancellationToken);
            if (context.Json)
            {
                return Task.FromResult(ChangeFlow.PrintJson(
                    context, new CollectDocument("vpkg.gc/1", parse.GetValue(dryRun), outcome.Objects, outcome.Environments, outcome.Scripts, outcome.Bytes), DocumentJson.Default.CollectDocument));
            }

            var verb = parse.GetValue(dryRun) ? "Would remove" : "Removed";
            if (parse.GetValue(dryRun) && outcome.Objects.Count + outcome.Environments.Count > 0)
            {
                context.Terminal.Result(string.Join('\n', outcome.Objects.Concat(outcome.Environments))); // thousands of lines, one write
            }

            foreach (var generation in outcome.Generations)
            {
                context.Terminal.Result($"{verb} {generation}");
            }

            if (outcome.Scripts > 0)
            {
                context.Terminal.Result($"{verb} {Core.Text.Plural.Of(outcome.Scripts, "kept run")} of scripts");
            }

            context.Terminal.Result($"{verb} {Core.Text.Plural.Of(outcome.Objects.Count, "package")} and {Core.Text.Plural.Of(outcome.Environments.Count, "environment")}, {new ByteCount(outcome.Bytes)}.");
            return Task.FromResult(ExitCodes.Done);
        });
        return command;
    }
}
