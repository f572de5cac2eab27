using System.CommandLine;

namespace Veridian.Cli.Commands;

internal static class RunCommand
{
    public static Command Create(CommonOptions common)
    {
        var words = new Argument<string[]>("COMMAND") { Description = "The command and its arguments, best behind --", Arity = ArgumentArity.OneOrMore };
        var packages = new AdHocOptions();
        var command = new Command("run", "Run a command in the environment; its exit code is ours. Reads: the generation. Writes: nothing; with -p the store. Network: never by itself; with -p when something is missing.") { words };
        command.Aliases.Add("x");
        packages.AddTo(command);
        command.SetAction(async (parse, cancellationToken) =>
        {
            HotPath.Replace(await packages.LauncherAsync(parse, common, cancellationToken), parse.GetValue(words)!);
            return ExitCodes.Bug;
        });
        return command;
    }
}
