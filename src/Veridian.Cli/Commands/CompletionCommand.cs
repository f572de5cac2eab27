using System.CommandLine;

namespace Veridian.Cli.Commands;

internal static class CompletionCommand
{
    public static Command Create()
    {
        var shell = new Argument<string>("SHELL") { Description = "bash, zsh or fish" };
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish");
        var command = new Command("completion", "Print shell code that completes verbs and options. Reads: nothing. Writes: nothing. Network: never.") { shell };
        command.SetAction(parse =>
        {
            Console.Out.Write(CompletionScript.For(parse.GetValue(shell)!, CommandLine.Build()));
            return ExitCodes.Done;
        });
        return command;
    }
}
