using System.CommandLine;
using Veridian.Engine.Running;

namespace Veridian.Cli.Commands;

internal static class RunCommand
{
    public static Command Create(CommonOptions common)
    {
        var words = new Argument<string[]>("COMMAND") { Description = "The command and its arguments, best behind --", Arity = ArgumentArity.OneOrMore };
        var command = new Command("run", "Run a command in the environment; its exit code is ours. Reads: the generation. Writes: nothing. Network: never by itself.") { words };
        command.Aliases.Add("x");
        command.SetAction((parse, _) =>
        {
            var context = CommandContext.Of(parse, common);
            HotPath.Replace(CurrentLauncher.PathOf(context.Workspace.Locations, context.Workspace.Profile), parse.GetValue(words)!);
            return Task.FromResult(ExitCodes.Bug);
        });
        return command;
    }
}
