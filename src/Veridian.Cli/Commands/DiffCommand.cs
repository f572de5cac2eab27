using System.CommandLine;
using Veridian.Cli.Printing;
using Veridian.Engine.Applying;
using Veridian.Engine.Inspecting;

namespace Veridian.Cli.Commands;

internal static class DiffCommand
{
    public static Command Create(CommonOptions common)
    {
        var from = new Argument<int?>("A") { Description = "A generation; the one before the current without it", Arity = ArgumentArity.ZeroOrOne };
        var to = new Argument<int?>("B") { Description = "Another; the current one without it", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("diff", "Compare two generations. Reads: generations. Writes: nothing. Network: never.") { from, to };
        command.SetAction((parse, _) =>
        {
            var context = CommandContext.Of(parse, common);
            var diff = GenerationDiff.Between(context.Workspace, parse.GetValue(from), parse.GetValue(to));
            if (context.Json)
            {
                return Task.FromResult(ChangeFlow.PrintJson(
                    context, new DiffDocument("vpkg.diff/1", diff.From, diff.To, PlanPrinter.Changes(diff.Changes)), DocumentJson.Default.DiffDocument));
            }

            foreach (var change in diff.Changes)
            {
                context.Terminal.Result(Line(context.Terminal, change));
            }

            if (diff.Changes.Count == 0)
            {
                context.Terminal.Result($"Generations {diff.From} and {diff.To} have the same packages.");
            }

            return Task.FromResult(ExitCodes.Done);
        });
        return command;
    }

    /// <summary>One change, without colour.</summary>
    public static string Line(PackageChange change) => change.Kind switch
    {
        ChangeKind.Added => $"+ {PlanPrinter.Describe(change)}",
        ChangeKind.Removed => $"- {PlanPrinter.Describe(change)}",
        _ => $"~ {PlanPrinter.Describe(change)}",
    };

    private static string Line(Terminal terminal, PackageChange change) => change.Kind switch
    {
        ChangeKind.Added => terminal.Green(Line(change)),
        ChangeKind.Removed => terminal.Red(Line(change)),
        _ => terminal.Yellow(Line(change)),
    };
}
