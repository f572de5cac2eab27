using System.CommandLine;
using Veridian.Cli.Printing;
using Veridian.Engine.Inspecting;

namespace Veridian.Cli.Commands;

internal static class WhyNotCommand
{
    public static Command Create(CommonOptions common)
    {
        var spec = new Argument<string>("SPEC") { Description = "What is missed: NAME, NAME=VERSION, NAME>=VERSION, ..." };
        var change = new ChangeOptions();
        var command = new Command("why-not", "What would have to change for a package or version, and what it would cost. Reads: profile, lock, metadata. Writes: the metadata cache. Network: only when metadata is missing.") { spec };
        command.Add(change.Refresh);
        command.Add(change.SolveTimeout);
        command.Add(change.AsOf);
        command.SetAction(async (parse, cancellationToken) =>
        {
            var context = CommandContext.Of(parse, common, ChangeFlow.Settings(parse, change));
            var wanted = parse.GetValue(spec)!;
            var answer = await Counterfactual.FindAsync(context.Workspace, wanted, cancellationToken);
            if (context.Json)
            {
                return ChangeFlow.PrintJson(context, new WhyNotDocument(
                    "vpkg.why-not/1", wanted, answer.AlreadyThere, PlanPrinter.Changes(answer.Changes), answer.Costs, answer.CostsNow, answer.Proof), DocumentJson.Default.WhyNotDocument);
            }

            foreach (var line in Lines(wanted, answer))
            {
                context.Terminal.Result(line);
            }

            return ExitCodes.Done;
        });
        return command;
    }

    private static IEnumerable<string> Lines(string wanted, Counterfactual answer)
    {
        if (answer.AlreadyThere)
        {
            yield return $"Nothing stands against {wanted}: the profile's selection has it.";
            yield break;
        }

        yield return $"With {wanted} asked for, this would change:";
        foreach (var change in answer.Changes)
        {
            yield return $"  {DiffCommand.Line(change)}";
        }

        yield return $"Costs {answer.Costs} instead of {answer.CostsNow} (optional, locks, requested, others, recommended, second choices, packages); {answer.Proof}.";
    }
}
