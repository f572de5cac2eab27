using System.CommandLine;

namespace Veridian.Cli.Commands;

internal static class ShellCommand
{
    // The launcher sets SHELL to the profile's, to the user's own where the environment has it, or to bash. A pure shell reads no file of the user.
    private const string Start = "exec \"$SHELL\"";
    private const string StartPure = "case $SHELL in */bash) exec \"$SHELL\" --noprofile --norc ;; */zsh) exec \"$SHELL\" -f ;; */fish) exec \"$SHELL\" --no-config ;; *) exec \"$SHELL\" ;; esac";

    public static Command Create(CommonOptions common)
    {
        var script = new Option<string?>("-c") { Description = "Run these words with bash and end", HelpName = "COMMAND" };
        var pure = new Option<bool>("--pure") { Description = "Drop the caller's variables but a few, and read no start-up file" };
        var asRoot = new Option<bool>("--as-root") { Description = "Be user 0 inside, with other users where you have a range of ids" };
        var packages = new AdHocOptions();
        var streams = new StreamOptions();
        var command = new Command("shell", "Start a shell in the environment; its exit code is ours. Reads: the generation. Writes: nothing; with -p the store. Network: never by itself; with -p when something is missing.") { script, pure, asRoot };
        packages.AddTo(command);
        streams.AddTo(command);
        command.SetAction(async (parse, cancellationToken) =>
        {
            var isPure = parse.GetValue(pure);
            string[] words = parse.GetValue(script) is { } given
                ? isPure ? ["bash", "--noprofile", "--norc", "-c", given] : ["bash", "-c", given]
                : ["sh", "-c", isPure ? StartPure : Start];
            HotPath.Enter(await packages.LauncherAsync(parse, common, cancellationToken), words, isPure, streams.Of(parse), parse.GetValue(asRoot));
            return ExitCodes.Bug;
        });
        return command;
    }
}
