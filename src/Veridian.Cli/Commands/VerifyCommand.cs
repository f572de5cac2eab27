using System.CommandLine;
using Veridian.Cli.Printing;
using Veridian.Core.Errors;
using Veridian.Engine.Maintaining;

namespace Veridian.Cli.Commands;

internal static class VerifyCommand
{
    public static Command Create(CommonOptions common)
    {
        var name = new Argument<string?>("NAME") { Description = "Only this package of the environment", Arity = ArgumentArity.ZeroOrOne };
        var store = new Option<bool>("--store") { Description = "The whole store, not only what the current generation needs" };
        var locked = new Option<bool>("--lock") { Description = "What vpkg.lock names for this machine, applied or not" };
        var explain = new Option<bool>("--explain") { Description = "Say what each kind of difference means and what helps" };
        var repair = new Option<bool>("--repair") { Description = "Mend the whole store: from sound copies, else from the package's archive. Writes: store. Network: for what has no sound copy." };
        var command = new Command("verify", "Compare every file with its digest. Exit code 7 when anything differs. Reads: the store. Writes: nothing without --repair. Network: never without --repair.") { name, store, locked, explain, repair };
        command.SetAction(async (parse, cancellationToken) =>
        {
            var context = CommandContext.Of(parse, common);
            if (parse.GetValue(repair))
            {
                return await RepairAsync(context, parse.GetValue(name), cancellationToken);
            }

            if (parse.GetValue(locked) && (parse.GetValue(store) || parse.GetValue(name) is not null))
            {
                throw new InvalidInputException(ErrorCodes.Usage, "'--lock' looks at all that the lock names, and at nothing else.", "Leave out '--store' and the name, or '--lock'.");
            }

            var outcome = parse.GetValue(locked)
                ? Verify.RunLock(context.Workspace, cancellationToken)
                : Verify.Run(context.Workspace, parse.GetValue(name), parse.GetValue(store), cancellationToken);
            return Report(context, outcome, parse.GetValue(explain));
        });
        return command;
    }

    private static int Report(CommandContext context, VerifyOutcome outcome, bool explain)
    {
        if (context.Json)
        {
            ChangeFlow.PrintJson(context, new VerifyDocument("vpkg.verify/1", outcome.Objects, outcome.Findings), DocumentJson.Default.VerifyDocument);
        }
        else
        {
            Print(context, outcome.Findings);
            foreach (var finding in explain ? outcome.Findings.DistinctBy(finding => finding.Kind) : [])
            {
                context.Terminal.Result($"{finding.Kind}: {finding.Meaning()}");
            }

            context.Terminal.Result(outcome.Findings.Count == 0
                ? AsMade(outcome.Objects)
                : $"{Differences(outcome.Findings.Count)} in {Packages(outcome.Objects)}. Run 'vpkg verify --repair' to mend.");
        }

        return outcome.Findings.Count == 0 ? ExitCodes.Done : ExitCodes.Damaged;
    }

    private static async Task<int> RepairAsync(CommandContext context, string? name, CancellationToken cancellationToken)
    {
        if (name is not null)
        {
            throw new InvalidInputException(ErrorCodes.Usage,
                "A repair looks at the whole store: a damaged file is mended under every name it has.", "Run 'vpkg verify --repair' without a name.");
        }

        var outcome = await Repair.RunAsync(context.Workspace, cancellationToken);
        if (context.Json)
        {
            ChangeFlow.PrintJson(
                context,
                new RepairDocument("vpkg.repair/1", outcome.Objects, outcome.Found, outcome.Fetched, outcome.Rebuilt, outcome.Problems, outcome.Remaining),
                DocumentJson.Default.RepairDocument);
        }
        else
        {
            Print(context, outcome);
        }

        return outcome.Remaining.Count == 0 ? ExitCodes.Done : ExitCodes.Damaged;
    }

    private static void Print(CommandContext context, RepairOutcome outcome)
    {
        foreach (var path in outcome.Fetched)
        {
            context.Terminal.Result($"unpacked again  {path}");
        }

        foreach (var id in outcome.Rebuilt)
        {
            context.Terminal.Result($"built again  {id}");
        }

        foreach (var problem in outcome.Problems)
        {
            context.Terminal.Result(problem);
        }

        Print(context, outcome.Remaining);
        context.Terminal.Result((outcome.Found, outcome.Remaining.Count) switch
        {
            (0, _) => AsMade(outcome.Objects),
            (var found, 0) => $"{Differences(found)} in {Packages(outcome.Objects)}, all mended.",
            var (found, left) => $"{Differences(found)} in {Packages(outcome.Objects)}, {left} left.",
        });
    }

    private static void Print(CommandContext context, IReadOnlyList<VerifyFinding> findings)
    {
        foreach (var finding in findings)
        {
            context.Terminal.Result($"{context.Terminal.Red(finding.Kind)}  {finding.Owner}{(finding.Path.Length > 0 ? "/" + finding.Path : "")}  {finding.Detail}".TrimEnd());
        }
    }

    private static string AsMade(long count) => count == 1 ? "1 package is as it was made." : $"{count} packages are as they were made.";

    private static string Packages(long count) => count == 1 ? "1 package" : $"{count} packages";

    private static string Differences(int count) => count == 1 ? "1 difference" : $"{count} differences";
}
