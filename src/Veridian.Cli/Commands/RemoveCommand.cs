using System.CommandLine;
using Veridian.Engine.Applying;
using Veridian.Engine.Editing;

namespace Veridian.Cli.Commands;

internal static class RemoveCommand
{
    public static Command Create(CommonOptions common)
    {
        var names = new Argument<string[]>("NAME") { Description = "Names as they stand in the profile", Arity = ArgumentArity.OneOrMore };
        var noApply = new Option<bool>("--no-apply") { Description = "Edit the profile and stop" };
        var change = new ChangeOptions();
        var command = new Command("remove", "Remove packages from the profile and apply it. Reads: profile, lock. Writes: profile, lock, store, generations. Network: only when metadata is missing.") { names, noApply };
        command.Aliases.Add("uninstall");
        command.Aliases.Add("rm");
        change.AddTo(command);
        command.SetAction(async (parse, cancellationToken) =>
        {
            var context = CommandContext.Of(parse, common, ChangeFlow.Settings(parse, change));
            var unwanted = parse.GetValue(names)!;
            if (parse.GetValue(noApply))
            {
                ProfileEdits.Save(context.Workspace, () => ProfileEdits.Remove(context.Workspace, unwanted), cancellationToken);
                context.Terminal.Result($"Removed {string.Join(' ', unwanted)} from {context.Workspace.Profile.ProfilePath}; run 'vpkg apply' to make it real.");
                return ExitCodes.Done;
            }

            return await ChangeFlow.RunAsync(
                context, parse, change,
                () => new ApplyRequest { Command = $"remove {string.Join(' ', unwanted)}", ProfileText = ProfileEdits.Remove(context.Workspace, unwanted) },
                null, cancellationToken);
        });
        return command;
    }
}
