using System.CommandLine;
using Veridian.Engine.Applying;

namespace Veridian.Cli.Commands;

internal static class LockCommand
{
    public static Command Create(CommonOptions common)
    {
        var check = new Option<bool>("--check") { Description = "Only check that the lock fits the profile; exit 2 if not. Network: no." };
        var change = new ChangeOptions();
        var command = new Command("lock", "Solve and write vpkg.lock, without realising anything. Writes: lock. Network: when metadata is missing.") { check };
        command.Add(change.Refresh);
        command.Add(change.Solver);
        command.Add(change.SolveTimeout);
        command.SetAction(async (parse, cancellationToken) =>
        {
            var settings = ChangeFlow.Settings(parse, change) with { Locked = parse.GetValue(check) };
            var context = CommandContext.Of(parse, common, settings);
            using var session = ApplySession.Begin(context.Workspace, cancellationToken);
            var plan = await session.LockAsync(new ApplyRequest { Command = "lock" }, cancellationToken);
            if (parse.GetValue(check))
            {
                context.Terminal.Result("The lock fits the profile.");
                return ExitCodes.Done;
            }

            session.WriteLock(plan);
            context.Terminal.Result($"Locked {plan.PackageCount} packages in {context.Workspace.Profile.LockPath} ({(plan.IsProved ? $"certified by {plan.Proof}" : plan.Proof)}).");
            return ExitCodes.Done;
        });
        return command;
    }
}
