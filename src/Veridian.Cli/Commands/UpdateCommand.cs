using System.CommandLine;
using Veridian.Engine.Applying;
using Veridian.Engine.Editing;

namespace Veridian.Cli.Commands;

internal static class UpdateCommand
{
    public static Command Create(CommonOptions common)
    {
        var names = new Argument<string[]>("NAME") { Description = "Only these may move; all without names", Arity = ArgumentArity.ZeroOrMore };
        var change = new ChangeOptions();
        var command = new Command("update", "Move the lock forward within the profile's constraints and apply. Reads: profile, lock, metadata. Writes: lock, store, generations. Network: yes.") { names };
        command.Aliases.Add("upgrade");
        change.AddTo(command);
        command.SetAction(async (parse, cancellationToken) =>
        {
            var context = CommandContext.Of(parse, common, ChangeFlow.Settings(parse, change));
            var wanted = parse.GetValue(names)!;
            return await ChangeFlow.RunAsync(context, parse, change, () =>
            {
                ProfileEdits.RequireKnown(context.Workspace, wanted);
                return new ApplyRequest { Command = $"update {string.Join(' ', wanted)}".TrimEnd(), Move = wanted };
            }, wanted.Length == 0 ? "All packages are up to date." : $"Up to date: {string.Join(' ', wanted)}.", cancellationToken);
        });
        return command;
    }
}
