using System.CommandLine;
using Veridian.Cli.Printing;
using Veridian.Engine.Examining;

namespace Veridian.Cli.Commands;

internal static class DoctorCommand
{
    public static Command Create(CommonOptions common)
    {
        var fix = new Option<bool>("--fix") { Description = "Mend what needs no decision: modes of own folders, index, leftovers, roots" };
        var command = new Command("doctor", "Look at all that must be right around a profile; exit 5 when something is broken. Reads: the machine, folders, store. Writes: nothing without --fix. Network: asks each mirror once.") { fix };
        command.SetAction(async (parse, cancellationToken) =>
        {
            var context = CommandContext.Of(parse, common);
            var findings = await Doctor.RunAsync(context.Workspace, parse.GetValue(fix), cancellationToken);
            var healthy = !findings.Any(finding => finding.IsBroken);
            if (context.Json)
            {
                ChangeFlow.PrintJson(context, new DoctorDocument("vpkg.doctor/1", healthy, findings), DocumentJson.Default.DoctorDocument);
            }
            else
            {
                Print(context, findings);
            }

            return healthy ? ExitCodes.Done : ExitCodes.Unavailable;
        });
        return command;
    }

    private static void Print(CommandContext context, IReadOnlyList<DoctorFinding> findings)
    {
        var width = findings.Max(finding => finding.Check.Length);
        foreach (var finding in findings)
        {
            var state = finding.State switch
            {
                "good" or "fixed" => context.Terminal.Green(finding.State),
                "broken" => context.Terminal.Red(finding.State),
                "warning" => context.Terminal.Yellow(finding.State),
                _ => context.Terminal.Dim(finding.State),
            };
            context.Terminal.Result($"{finding.Check.PadRight(width)}  {state}{(finding.Sentence.Length > 0 ? "  " + finding.Sentence : "")}");
            if (finding.Fix.Length > 0)
            {
                context.Terminal.Result($"{new string(' ', width)}  next: {finding.Fix}");
            }
        }
    }
}
