using System.CommandLine;
using Veridian.Engine.Running;

namespace Veridian.Cli.Commands;

internal static class TrustCommand
{
    public static Command Create(CommonOptions common)
    {
        var folder = new Argument<string?>("DIR") { Description = "The project; the nearest one upward without it", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("trust", "Show a project's activation lines and allow exactly these. Reads: the profile. Writes: a note in the state folder. Network: never.") { folder };
        command.SetAction((parse, _) =>
        {
            var context = CommandContext.Of(parse, common, file: parse.GetValue(folder));
            var lines = TrustedLines.Trust(context.Workspace);
            foreach (var line in lines)
            {
                context.Terminal.Result("  " + line);
            }

            context.Terminal.Result(lines.Count == 0
                ? $"'{context.Workspace.Profile.ProfilePath}' has no activation lines: there is nothing to trust."
                : $"Trusted: these lines of '{context.Workspace.Profile.ProfilePath}' run when it is activated.");
            return Task.FromResult(ExitCodes.Done);
        });
        return command;
    }
}
