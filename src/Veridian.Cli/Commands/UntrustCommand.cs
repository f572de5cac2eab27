using System.CommandLine;
using Veridian.Engine.Running;

namespace Veridian.Cli.Commands;

internal static class UntrustCommand
{
    public static Command Create(CommonOptions common)
    {
        var folder = new Argument<string?>("DIR") { Description = "The project; the nearest one upward without it", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("untrust", "Take back every 'trust' of a project. Reads: the state folder. Writes: the state folder. Network: never.") { folder };
        command.SetAction((parse, _) =>
        {
            var context = CommandContext.Of(parse, common, file: parse.GetValue(folder));
            var count = TrustedLines.Untrust(context.Workspace.Locations, context.Workspace.Profile);
            context.Terminal.Result(count == 0
                ? $"'{context.Workspace.Profile.ProfilePath}' was not trusted."
                : $"No activation line of '{context.Workspace.Profile.ProfilePath}' is trusted any more.");
            return Task.FromResult(ExitCodes.Done);
        });
        return command;
    }
}
