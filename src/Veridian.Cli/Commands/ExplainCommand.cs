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
            var context = CommandContext.Of(parse, common);
            if (parse.GetValue(id) is not { } given)
            {
                return List(context);
            }

            var page = ErrorPage.Find(given);
            if (context.Json)
            {
                return ChangeFlow.PrintJson(context, new ExplainDocument("vpkg.explain/1", page.Id, page.Title, page.Text), DocumentJson.Default.ExplainDocument);
            }

            foreach (var line in page.Text.TrimEnd('\n').Split('\n'))
            {
                context.Terminal.Result(line.StartsWith('#') ? context.Terminal.Bold(line.TrimStart('#', ' ')) : line);
            }

            return ExitCodes.Done;
        });
        return command;
    }

    private static int List(CommandContext context)
    {
        if (context.Json)
        {
            ErrorId[] ids = [.. ErrorPage.All().Select(page => new ErrorId(page.Id, page.Title))];
            return ChangeFlow.PrintJson(context, new ErrorIdsDocument("vpkg.error-ids/1", ids), DocumentJson.Default.ErrorIdsDocument);
        }

        foreach (var line in Table.Lines([.. ErrorPage.All().Select(page => new[] { page.Id, page.Title })]))
        {
            context.Terminal.Result(line);
        }

        return ExitCodes.Done;
    }
}
