using System.CommandLine;
using Veridian.Engine.Running;

namespace Veridian.Cli.Commands;

internal static class ActivateCommand
{
    public static Command Create(CommonOptions common)
    {
        var kind = KindArgument();
        var command = new Command("activate", "Print code that puts the launchers and variables into your shell: eval \"$(vpkg activate)\". Reads: the generation. Writes: nothing. Network: never.") { kind };
        command.SetAction((parse, _) =>
        {
            var context = CommandContext.Of(parse, common);
            Console.Out.Write(ShellCode.Activate(context.Workspace.Locations, context.Workspace.Profile, Kind(parse, kind)));
            return Task.FromResult(ExitCodes.Done);
        });
        return command;
    }

    /// <summary>The argument that names the kind of shell.</summary>
    internal static Argument<string?> KindArgument() =>
        new("SHELL") { Description = "bash, zsh or fish; without it the shell in SHELL", Arity = ArgumentArity.ZeroOrOne };

    internal static string Kind(ParseResult parse, Argument<string?> kind) =>
        parse.GetValue(kind) ?? ShellCode.KindOf(Environment.GetEnvironmentVariable("SHELL"));
}
