using System.CommandLine;
using Veridian.Engine.Applying;

namespace Veridian.Cli.Commands;

internal static class ApplyCommand
{
    public static Command Create(CommonOptions common)
    {
        var profile = new Argument<string?>("PROFILE") { Description = "A profile or its folder, or a plan saved with 'vpkg plan -o'; the nearest profile upward without it", Arity = ArgumentArity.ZeroOrOne };
        var change = new ChangeOptions();
        var command = new Command("apply", "Make the environment equal to profile and lock, or do what a saved plan says. Reads: profile, lock, metadata. Writes: lock, store, generations. Network: only when something is missing.") { profile };
        change.AddTo(command);
        command.SetAction((parse, cancellationToken) =>
        {
            if (parse.GetValue(profile) is { } file && SavedPlan.IsOne(file))
            {
                return ApplySavedAsync(SavedPlan.Read(file), parse, common, change, cancellationToken);
            }

            var context = CommandContext.Of(parse, common, ChangeFlow.Settings(parse, change), parse.GetValue(profile));
            return ChangeFlow.RunAsync(context, parse, change, () => new ApplyRequest { Command = "apply" }, null, cancellationToken);
        });
        return command;
    }

    private static Task<int> ApplySavedAsync(SavedPlan saved, ParseResult parse, CommonOptions common, ChangeOptions change, CancellationToken cancellationToken)
    {
        var context = CommandContext.Of(parse, common, ChangeFlow.Settings(parse, change), saved.Profile);
        context = context.With(context.Workspace with { Profile = context.Workspace.Profile with { Environment = saved.Environment } });
        return ChangeFlow.RunAsync(context, parse, change, () => saved.Request(context.Workspace), null, cancellationToken, saved.Require);
    }
}
