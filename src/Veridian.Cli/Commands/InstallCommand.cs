using System.CommandLine;
using Veridian.Engine.Applying;
using Veridian.Engine.Editing;

namespace Veridian.Cli.Commands;

internal static class InstallCommand
{
    public static Command Create(CommonOptions common)
    {
        var specs = new Argument<string[]>("SPEC") { Description = "jq, 'ripgrep>=13', llvm@17, jq=1.6", Arity = ArgumentArity.OneOrMore };
        var noApply = new Option<bool>("--no-apply") { Description = "Edit the profile and stop" };
        var recommends = new Option<bool>("--recommends") { Description = "Also take what these packages recommend" };
        var change = new ChangeOptions();
        var command = new Command("install", "Add packages to the profile and apply it. Reads: profile, lock, metadata. Writes: profile, lock, store, generations. Network: yes.") { specs, noApply, recommends };
        command.Aliases.Add("add");
        command.Aliases.Add("i");
        change.AddTo(command);
        command.SetAction(async (parse, cancellationToken) =>
        {
            var context = CommandContext.Of(parse, common, ChangeFlow.Settings(parse, change));
            var wanted = parse.GetValue(specs)!;
            byte[] Edited() => ProfileEdits.Install(context.Workspace, wanted, parse.GetValue(recommends));
            if (parse.GetValue(noApply))
            {
                ProfileEdits.Save(context.Workspace, Edited, cancellationToken);
                context.Terminal.Result($"Added {string.Join(' ', wanted)} to {context.Workspace.Profile.ProfilePath}; run 'vpkg apply' to make it real.");
                return ExitCodes.Done;
            }

            return await ChangeFlow.RunAsync(
                context, parse, change, () => new ApplyRequest { Command = $"install {string.Join(' ', wanted)}", ProfileText = Edited() },
                $"Already installed: {string.Join(' ', wanted)}.", cancellationToken);
        });
        return command;
    }
}
