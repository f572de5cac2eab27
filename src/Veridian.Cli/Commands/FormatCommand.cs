using System.CommandLine;
using Veridian.Engine.Checking;

namespace Veridian.Cli.Commands;

internal static class FormatCommand
{
    public static Command Create(CommonOptions common)
    {
        var files = new Argument<string[]>("FILE") { Description = "TOML files; the profile without any", Arity = ArgumentArity.ZeroOrMore };
        var check = new Option<bool>("--check") { Description = "Change nothing; exit 2 when something would change" };
        var command = new Command("fmt", "Make blanks in TOML files even; meaning and comments stay. Reads: profile or FILE. Writes: the same. Network: never.") { files, check };
        command.SetAction(parse =>
        {
            var context = CommandContext.Of(parse, common);
            var pending = 0;
            foreach (var file in parse.GetValue(files) is { Length: > 0 } named ? named : [context.Workspace.Profile.ProfilePath])
            {
                if (FileChecks.Formatted(file) is not { } text)
                {
                    continue;
                }

                pending++;
                if (!parse.GetValue(check))
                {
                    FileChecks.Write(file, text);
                }

                context.Terminal.Result($"{(parse.GetValue(check) ? "Would format" : "Formatted")} {file}");
            }

            return parse.GetValue(check) && pending > 0 ? ExitCodes.InvalidInput : ExitCodes.Done;
        });
        return command;
    }
}
