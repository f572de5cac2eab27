using System.CommandLine;
using Veridian.Engine.Applying;

namespace Veridian.Cli.Commands;

internal static class ApplyCommand
{
    public static Command Create(CommonOptions common)
    {
        var profile = new Argument<string?>("PROFILE") { Description = "A profile or its folder; the nearest one upward without it", Arity = ArgumentArity.ZeroOrOne };
        var change = new ChangeOptions();
        var command = new Command("apply", "Make the environment equal to profile and lock. Writes: lock, store, generations. Network: only when something is missing.") { profile };
        change.AddTo(command);
        command.SetAction((parse, cancellationToken) =>
        {
            var context = CommandContext.Of(parse, common, ChangeFlow.Settings(parse, change), parse.GetValue(profile));
            return ChangeFlow.RunAsync(context, parse, change, () => new ApplyRequest { Command = "apply" }, null, cancellationToken);
        });
        return command;
    }
}
