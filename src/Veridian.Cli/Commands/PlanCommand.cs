using System.CommandLine;
using Veridian.Cli.Printing;
using Veridian.Engine.Applying;

namespace Veridian.Cli.Commands;

internal static class PlanCommand
{
    public static Command Create(CommonOptions common)
    {
        var profile = new Argument<string?>("PROFILE") { Description = "A profile or its folder", Arity = ArgumentArity.ZeroOrOne };
        var detailed = new Option<bool>("--detailed-exitcode") { Description = "Exit 10 when changes are pending" };
        var change = new ChangeOptions();
        var command = new Command("plan", "Show what apply would do. Writes: the metadata cache only. Network: only when metadata is missing.") { profile, detailed };
        change.AddTo(command);
        command.SetAction(async (parse, cancellationToken) =>
        {
            var context = CommandContext.Of(parse, common, ChangeFlow.Settings(parse, change), parse.GetValue(profile));
            using var session = ApplySession.Begin(context.Workspace, cancellationToken);
            var plan = await session.PlanAsync(new ApplyRequest { Command = "plan" }, cancellationToken);
            if (context.Json)
            {
                ChangeFlow.PrintJson(context, PlanPrinter.Document(plan), DocumentJson.Default.PlanDocument);
            }
            else if (plan.NothingToDo)
            {
                context.Terminal.Result(HotPath.NothingToDoLine(session.CurrentNumber() ?? 0));
            }
            else
            {
                foreach (var line in PlanPrinter.Lines(plan))
                {
                    context.Terminal.Result(line);
                }
            }

            return !plan.NothingToDo && parse.GetValue(detailed) ? ExitCodes.ChangesPending : ExitCodes.Done;
        });
        return command;
    }
}
