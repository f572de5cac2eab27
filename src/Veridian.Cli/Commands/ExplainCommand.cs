using System.CommandLine;
using Veridian.Cli.Printing;

namespace Veridian.Cli.Commands;

internal static class ExplainCommand
{
    public static Command Create(CommonOptions common)
    {
        var id = new Argument<string?>("ID") { Description = "An error's id, VS2003; without it, all ids", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("explain", "Say what an error means, what was kept, and what to type. Reads: nothing. Writes: nothing. Network: never.") { id };
        command.SetAction(parse =>
        {
            // No context: what cannot be read, or is missing, may be what somebody wants to have explained.
            var terminal = new Terminal(Environment.GetEnvironmentVariable) { Quiet = parse.GetValue(common.Quiet) };
            var json = parse.GetValue(common.Json);
            if (parse.GetValue(id) is not { } given)
            {
                return List(terminal, json);
            }

            var page = ErrorPage.Find(given);
            if (json)
            {
                return ChangeFlow.PrintJson(terminal, new ExplainDocument("vpkg.explain/1", page.Id, page.Title, page.Text), DocumentJson.Default.ExplainDocument);
            }

            foreach (var line in page.Text.TrimEnd('\n').Split('\n'))
            {
                terminal.Result(line.StartsWith('#') ? terminal.Bold(line.TrimStart('#', ' ')) : line);
            }

            return ExitCodes.Done;
        });
        return command;
    }

    private static int List(Terminal terminal, bool json)
    {
        if (json)
        {
            ErrorId[] ids = [.. ErrorPage.All().Select(page => new ErrorId(page.Id, page.Title))];
            return ChangeFlow.PrintJson(terminal, new ErrorIdsDocument("vpkg.error-ids/1", ids), DocumentJson.Default.ErrorIdsDocument);
        }

        foreach (var line in Table.Lines([.. ErrorPage.All().Select(page => new[] { page.Id, page.Title })]))
        {
            terminal.Result(line);
        }

        return ExitCodes.Done;
    }
}
