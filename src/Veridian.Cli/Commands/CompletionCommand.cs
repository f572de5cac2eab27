using System.CommandLine;

namespace Veridian.Cli.Commands;

internal static class CompletionCommand
{
    public static Command Create(CommonOptions common)
    {
        var command = new Command("completion", "Print shell code that completes verbs, options and names of packages. Reads: nothing. Writes: nothing. Network: never.");
        foreach (var shell in CompletionScript.Shells)
        {
            var code = new Command(shell, $"Print the code for {shell}. Reads: nothing. Writes: nothing. Network: never.");
            code.SetAction(_ =>
            {
                Console.Out.Write(CompletionScript.For(shell, CommandLine.Build()));
                return ExitCodes.Done;
            });
            command.Add(code);
        }

        command.Add(CompletionNamesCommand.Create(common));
        return command;
    }
}
