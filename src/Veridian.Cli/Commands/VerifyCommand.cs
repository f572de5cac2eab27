using System.CommandLine;
using Veridian.Cli.Printing;
using Veridian.Engine.Maintaining;

namespace Veridian.Cli.Commands;

internal static class VerifyCommand
{
    public static Command Create(CommonOptions common)
    {
        var name = new Argument<string?>("NAME") { Description = "Only this package of the environment", Arity = ArgumentArity.ZeroOrOne };
        var store = new Option<bool>("--store") { Description = "The whole store, not only what the current generation needs" };
        var command = new Command("verify", "Compare every file with its digest. Exit code 7 when anything differs. Reads: the store. Writes: nothing. Network: never.") { name, store };
        command.SetAction((parse, cancellationToken) =>
        {
            var context = CommandContext.Of(parse, common);
            var outcome = Verify.Run(context.Workspace, parse.GetValue(name), parse.GetValue(store), cancellationToken);
            if (context.Json)
            {
                ChangeFlow.PrintJson(context, new VerifyDocument("vpkg.verify/1", outcome.Objects, outcome.Findings), DocumentJson.Default.VerifyDocument);
            }
            else
            {
                Print(context, outcome);
            }

            return Task.FromResult(outcome.Findings.Count == 0 ? ExitCodes.Done : ExitCodes.Damaged);
        });
        return command;
    }

    private static void Print(CommandContext context, VerifyOutcome outcome)
    {
        foreach (var finding in outcome.Findings)
        {
            context.Terminal.Result($"{context.Terminal.Red(finding.Kind)}  {finding.Owner}{(finding.Path.Length > 0 ? "/" + finding.Path : "")}  {finding.Detail}".TrimEnd());
        }

        context.Terminal.Result(outcome.Findings.Count == 0
            ? outcome.Objects == 1 ? "1 package is as it was made." : $"{outcome.Objects} packages are as they were made."
            : $"{Core.Text.Plural.Of(outcome.Findings.Count, "difference")} in {Core.Text.Plural.Of(outcome.Objects, "package")}.");
    }
}
