using System.CommandLine;
using Veridian.Engine.Running;

namespace Veridian.Cli.Commands;

internal static class DeactivateCommand
{
    public static Command Create()
    {
        var kind = ActivateCommand.KindArgument();
        var command = new Command("deactivate", "Print code that undoes 'activate': eval \"$(vpkg deactivate)\". Reads: the shell's variables. Writes: nothing. Network: never.") { kind };
        command.SetAction((parse, _) =>
        {
            Console.Out.Write(ShellCode.Deactivate(ActivateCommand.Kind(parse, kind)));
            return Task.FromResult(ExitCodes.Done);
        });
        return command;
    }
}
