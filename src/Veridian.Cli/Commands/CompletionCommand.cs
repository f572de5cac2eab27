using System.CommandLine;

namespace Veridian.Cli.Commands;

internal static class CompletionCommand
{
    public static Command Create(CommonOptions common)
    {
        var shell = new Argument<string>("SHELL") { Description = "bash, zsh or fish" };
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish");
        var command = new Command("completion", "Print shell code that completes verbs, options and names of packages. Reads: nothing. Writes: nothing. Network: never.") { shell, CompletionNamesCommand.Create(common) };
        command.SetAction(parse =>
        {
            Console.Out.Write(CompletionScript.For(parse.GetValue(shell)!, CommandLine.Build()));
            return ExitCodes.Done;
        });
        return command;
    }
}
