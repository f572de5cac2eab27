using System.CommandLine;
using Veridian.Engine.Running;

namespace Veridian.Cli.Commands;

internal static class ShellCommand
{
    public static Command Create(CommonOptions common)
    {
        var script = new Option<string?>("-c") { Description = "Run these words with the shell and end", HelpName = "COMMAND" };
        var command = new Command("shell", "Start a shell in the environment; its exit code is ours. Reads: the generation. Writes: nothing. Network: never by itself.") { script };
        command.SetAction((parse, _) =>
        {
            var context = CommandContext.Of(parse, common);
            // The launcher sets SHELL to the user's own shell where the environment has it, else to bash.
            string[] words = parse.GetValue(script) is { } given ? ["bash", "-c", given] : ["sh", "-c", "exec \"$SHELL\""];
            RootUse.Touch(context.Workspace.Locations, context.Workspace.Profile, context.Workspace.Time);
            HotPath.Replace(CurrentLauncher.PathOf(context.Workspace.Locations, context.Workspace.Profile), words);
            return Task.FromResult(ExitCodes.Bug);
        });
        return command;
    }
}
