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
        var output = new Option<string?>("--output", "-o") { Description = "Save the plan; 'vpkg apply FILE' does exactly that", HelpName = "FILE" };
        var change = new ChangeOptions();
        var command = new Command("plan", "Show what apply would do. Reads: profile, lock, metadata. Writes: the metadata cache, FILE with -o. Network: only when metadata is missing.") { profile, detailed, output };
        change.AddTo(command);
        command.SetAction(async (parse, cancellationToken) =>
        {
            var context = CommandContext.Of(parse, common, ChangeFlow.Settings(parse, change), parse.GetValue(profile));
            using var session = ApplySession.Begin(context.Workspace, cancellationToken);
            var plan = await session.PlanAsync(new ApplyRequest { Command = "plan" }, cancellationToken);
            if (parse.GetValue(output) is { } file)
            {
                SavedPlan.Write(file, context.Workspace, plan);
                context.Terminal.Note($"Saved the plan: 'vpkg apply {file}' does exactly this.");
            }

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
