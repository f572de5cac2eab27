using System.CommandLine;
using Veridian.Core.Errors;
using Veridian.Engine.Inspecting;

namespace Veridian.Cli.Commands;

/// <summary>What the shells' completions ask for names of packages. It says nothing where it cannot know: somebody is typing.</summary>
internal static class CompletionNamesCommand
{
    public const string Requested = "requested";
    public const string Selected = "selected";
    public const string Available = "available";

    public static Command Create(CommonOptions common)
    {
        var kind = new Argument<string>("KIND") { Description = "requested by the profile, selected for the environment, or available in the repositories" };
        kind.AcceptOnlyFromAmong(Requested, Selected, Available);
        var begin = new Argument<string>("PREFIX") { Description = "How they begin; without it no available one is named", DefaultValueFactory = _ => "" };
        var command = new Command("names", "Print the names of packages that begin with PREFIX. Reads: lock or metadata. Writes: the metadata cache. Network: never.") { kind, begin };
        command.SetAction(async (parse, cancellationToken) =>
        {
            try
            {
                var context = CommandContext.Of(parse, common);
                var workspace = context.Workspace with { Settings = context.Workspace.Settings with { Offline = true } };
                foreach (var name in parse.GetValue(kind) is Available
                    ? await NameSuggestions.AvailableAsync(workspace, parse.GetValue(begin)!, cancellationToken)
                    : NameSuggestions.Selected(workspace, parse.GetValue(begin)!, parse.GetValue(kind) is Requested))
                {
                    context.Terminal.Result(name);
                }
            }
            catch (VeridianException)
            {
                // Nothing to suggest.
            }

            return ExitCodes.Done;
        });
        return command;
    }
}
