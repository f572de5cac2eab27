using System.CommandLine;
using Veridian.Cli.Printing;
using Veridian.Core.Errors;
using Veridian.Core.Text;
using Veridian.Engine.Applying;
using Veridian.Engine.Merging;

namespace Veridian.Cli.Commands;

internal static class LockCommand
{
    public static Command Create(CommonOptions common)
    {
        var check = new Option<bool>("--check") { Description = "Only check that the lock fits the profile; exit 2 if not. Network: no." };
        var merge = new Option<string[]?>("--merge")
        {
            Description = "Merge both sides of a conflict in the lock, then check with the solver; with three files, merge as git's driver: %O %A %B",
            HelpName = "FILES",
            Arity = new ArgumentArity(0, 3),
            AllowMultipleArgumentsPerToken = true,
        };
        var change = new ChangeOptions();
        var command = new Command("lock", "Solve and write vpkg.lock, without realising anything. Reads: profile, lock, metadata. Writes: lock, the metadata cache. Network: only when metadata is missing.") { check, merge };
        command.Add(change.Refresh);
        command.Add(change.Solver);
        command.Add(change.SolveTimeout);
        command.Add(change.AsOf);
        command.SetAction(async (parse, cancellationToken) =>
        {
            if (parse.GetValue(merge) is { Length: > 0 } files)
            {
                return Drive(files);
            }

            var settings = ChangeFlow.Settings(parse, change) with { Locked = parse.GetValue(check) };
            var context = CommandContext.Of(parse, common, settings);
            using var session = ApplySession.Begin(context.Workspace, cancellationToken);
            if (parse.GetResult(merge) is not null)
            {
                return await MergeAsync(context, session, cancellationToken);
            }

            var plan = await session.LockAsync(new ApplyRequest { Command = "lock" }, cancellationToken);
            if (!parse.GetValue(check))
            {
                session.WriteLock(plan);
            }

            return Report(context, plan, parse.GetValue(check));
        });
        return command;
    }

    private static int Report(CommandContext context, LockPlan plan, bool checkedOnly = false)
    {
        if (context.Json)
        {
            return ChangeFlow.PrintJson(context, new LockDocument("vpkg.lock/1", plan.PackageCount, plan.Proof), DocumentJson.Default.LockDocument);
        }

        if (checkedOnly)
        {
            context.Terminal.Result("The lock fits the profile.");
            return ExitCodes.Done;
        }

        var how = !plan.IsProved ? plan.Proof : plan.Proof == "lock" ? "as before" : $"certified by {plan.Proof}";
        context.Terminal.Result($"Locked {Plural.Of(plan.PackageCount, "package")} in {context.Workspace.Profile.LockPath} ({how}).");
        return ExitCodes.Done;
    }

    private static async Task<int> MergeAsync(CommandContext context, ApplySession session, CancellationToken cancellationToken)
    {
        if (await LockMerging.ResolveAsync(context.Workspace, session, cancellationToken) is { } merged)
        {
            return Report(context, merged);
        }

        context.Terminal.Result("The lock holds no marks of a merge; there is nothing to do.");
        return ExitCodes.Done;
    }

    private static int Drive(string[] files)
    {
        if (files is not [var common, var ours, var theirs])
        {
            throw new InvalidInputException(ErrorCodes.Usage, "'--merge' takes no file or three.", "Set git's merge.vpkg-lock.driver to 'vpkg lock --merge %O %A %B'.");
        }

        LockMerging.Drive(common, ours, theirs);
        return ExitCodes.Done;
    }
}
