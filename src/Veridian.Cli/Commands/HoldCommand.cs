using System.CommandLine;
using Veridian.Engine.Applying;
using Veridian.Engine.Editing;

namespace Veridian.Cli.Commands;

/// <summary><c>hold</c> and <c>unhold</c>: whether updates may move a package.</summary>
internal static class HoldCommand
{
    public static Command Create(CommonOptions common)
    {
        var reason = new Option<string?>("--reason") { Description = "Why, for whoever reads the profile", HelpName = "TEXT" };
        var command = Make(common, "hold", "Keep packages at their locked version whatever 'update' brings. Reads: profile, lock. Writes: profile, lock, generations. Network: only when metadata is missing.",
            (parse, workspace, names) => ProfileEdits.Hold(workspace, names, parse.GetValue(reason)));
        command.Add(reason);
        return command;
    }

    public static Command CreateUnhold(CommonOptions common) => Make(
        common, "unhold", "Let 'update' move packages again. Reads: profile, lock. Writes: profile, lock, generations. Network: only when metadata is missing.",
        (_, workspace, names) => ProfileEdits.Unhold(workspace, names));

    private static Command Make(CommonOptions common, string verb, string description, Func<ParseResult, Engine.Workspace, IReadOnlyList<string>, byte[]> edit)
    {
        var names = new Argument<string[]>("NAME") { Description = "Names as they stand in the profile", Arity = ArgumentArity.OneOrMore };
        var change = new ChangeOptions();
        var command = new Command(verb, description) { names };
        change.AddTo(command);
        command.SetAction((parse, cancellationToken) =>
        {
            var context = CommandContext.Of(parse, common, ChangeFlow.Settings(parse, change));
            var meant = parse.GetValue(names)!;
            return ChangeFlow.RunAsync(
                context, parse, change, () => new ApplyRequest { Command = $"{verb} {string.Join(' ', meant)}", ProfileText = edit(parse, context.Workspace, meant) }, null, cancellationToken);
        });
        return command;
    }
}
