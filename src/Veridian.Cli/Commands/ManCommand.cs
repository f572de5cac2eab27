using System.CommandLine;

namespace Veridian.Cli.Commands;

internal static class ManCommand
{
    public static Command Create()
    {
        var verb = new Argument<string?>("VERB") { Description = "The verb whose page is printed; without it, the program's", Arity = ArgumentArity.ZeroOrOne };
        var folder = new Option<string?>("--output") { Description = "Write every page into DIR instead", HelpName = "DIR" };
        var command = new Command("man", "Print a manual page: 'vpkg man apply | man -l -'. Reads: nothing. Writes: DIR with --output. Network: never.") { verb, folder };
        command.SetAction(parse =>
        {
            var root = CommandLine.Build();
            if (parse.GetValue(folder) is { } target)
            {
                Directory.CreateDirectory(target);
                foreach (var (name, text) in ManualPage.All(root))
                {
                    File.WriteAllText(Path.Combine(target, name), text);
                }

                return ExitCodes.Done;
            }

            Console.Out.Write(ManualPage.Of(root, parse.GetValue(verb)));
            return ExitCodes.Done;
        });
        return command;
    }
}
