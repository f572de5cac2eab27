using System.CommandLine;
using Veridian.Engine.Running;

namespace Veridian.Cli.Commands;

internal static class HookCommand
{
    public static Command Create(CommonOptions common)
    {
        var kind = new Argument<string>("SHELL") { Description = "bash, zsh, fish or direnv" };
        var command = new Command("hook", "Print code for a shell's start-up file that activates projects as you enter their folders. Reads: nothing. Writes: nothing. Network: never.") { kind };
        command.SetAction((parse, _) =>
        {
            Console.Out.Write(ShellCode.Hook(CommandContext.Of(parse, common).Workspace.Locations, parse.GetValue(kind)!));
            return Task.FromResult(ExitCodes.Done);
        });
        return command;
    }
}
