using System.CommandLine;
using Veridian.Engine.Editing;
using Veridian.Engine.Locating;

namespace Veridian.Cli.Commands;

internal static class InitCommand
{
    public static Command Create(CommonOptions common)
    {
        var command = new Command("init", "Create vpkg.toml here, or the user profile with --global. Reads: nothing. Writes: profile, .gitattributes, .gitignore. Network: never.");
        command.SetAction(parse =>
        {
            var context = CommandContext.Of(parse, common);
            // A project begins here, whatever folder above has one.
            var location = context.Workspace.Profile.IsUser && !parse.GetValue(common.Global) || parse.GetValue(common.File) is null && !parse.GetValue(common.Global)
                ? ProfileLocation.Find(Environment.CurrentDirectory, false, Environment.CurrentDirectory, context.Workspace.Locations)
                : context.Workspace.Profile;
            foreach (var path in InitialProfile.Write(location))
            {
                context.Terminal.Result($"Wrote {Path.GetRelativePath(Environment.CurrentDirectory, path)}");
            }

            context.Terminal.Note("Next: 'vpkg install NAME', or edit the profile and run 'vpkg apply'.");
            return ExitCodes.Done;
        });
        return command;
    }
}
