using System.CommandLine;
using Veridian.Cli.Printing;
using Veridian.Core.Text;
using Veridian.Engine.Inspecting;

namespace Veridian.Cli.Commands;

internal static class SearchCommand
{
    public static Command Create(CommonOptions common)
    {
        var words = new Argument<string[]>("WORD") { Description = "Every word must stand in the name or the description", Arity = ArgumentArity.OneOrMore };
        var limit = new Option<int>("--limit") { Description = "Show at most N; 0 for all", HelpName = "N", DefaultValueFactory = _ => 40 }.NotNegative();
        var refresh = new Option<bool>("--refresh") { Description = "Fetch the repositories' metadata anew" };
        var command = new Command("search", "Find packages. Reads: metadata. Writes: the metadata cache. Network: only when metadata is missing.") { words, limit, refresh };
        command.SetAction(async (parse, cancellationToken) =>
        {
            var context = CommandContext.Of(parse, common, new() { Refresh = parse.GetValue(refresh) });
            var hits = await PackageSearch.FindAsync(context.Workspace, parse.GetValue(words)!, cancellationToken);
            var shown = parse.GetValue(limit) is var most and > 0 ? hits.Take(most).ToArray() : [.. hits];
            if (context.Json)
            {
                return ChangeFlow.PrintJson(context, new SearchDocument("vpkg.search/1", shown), DocumentJson.Default.SearchDocument);
            }

            context.Terminal.Note(hits.Count == 0 ? "No package has these words in its name or description."
                : $"Found {Plural.Of(hits.Count, "package")}{(shown.Length < hits.Count ? $", the first {shown.Length}" : "")}:");
            foreach (var hit in shown)
            {
                context.Terminal.Result($"{context.Terminal.Bold(hit.Name)} ({hit.Version}): {hit.Description}");
            }

            return ExitCodes.Done;
        });
        return command;
    }
}
