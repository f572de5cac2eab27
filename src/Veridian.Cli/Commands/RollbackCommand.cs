using System.CommandLine;
using Veridian.Engine.RollingBack;

namespace Veridian.Cli.Commands;

internal static class RollbackCommand
{
    public static Command Create(CommonOptions common)
    {
        var number = new Argument<int?>("N") { Description = "The generation wanted; the one before the current without it", Arity = ArgumentArity.ZeroOrOne };
        var closureOnly = new Option<bool>("--closure-only") { Description = "Leave profile and lock as they are" };
        var force = new Option<bool>("--force") { Description = "Overwrite edits of the profile that were never applied; they are saved aside" };
        var command = new Command("rollback", "Make an earlier generation current again, with its profile and lock. Reads: generations. Writes: profile, lock, current. Network: never.") { number, closureOnly, force };
        command.SetAction((parse, cancellationToken) =>
        {
            var context = CommandContext.Of(parse, common);
            var current = RollBack.Run(context.Workspace, parse.GetValue(number), parse.GetValue(closureOnly), parse.GetValue(force), cancellationToken);
            return Task.FromResult(GenerationsCommand.Report(context, $"Generation {current} is current."));
        });
        return command;
    }
}
