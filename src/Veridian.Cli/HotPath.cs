using System.Collections;
using System.Globalization;
using Veridian.Cli.Printing;
using Veridian.Core.Errors;
using Veridian.Engine;
using Veridian.Engine.Applying;
using Veridian.Engine.Locating;
using Veridian.Engine.Recording;
using Veridian.Engine.RollingBack;
using Veridian.Engine.Running;

namespace Veridian.Cli;

/// <summary>The verbs that must start at once: <c>--version</c>, <c>run</c>, <c>rollback</c>, and <c>apply</c> with nothing to do.</summary>
/// <remarks>Source: <c>spec/cli.md</c> CL-5. Nothing here loads the command line library, JSON, the database or the network.</remarks>
internal static class HotPath
{
    /// <summary>The exit code; null if the command belongs on the long way.</summary>
    public static int? TryRun(string[] args)
    {
        try
        {
            return args switch
            {
                ["--version"] => Version(),
                ["apply", ..] when HotArguments.TryRead(args, takesCommand: false) is { Force: false, ClosureOnly: false } read => Apply(read),
                ["rollback", ..] when HotArguments.TryRead(args, takesCommand: false) is { } read => Rollback(read, args),
                ["run" or "x", ..] when HotArguments.TryRead(args, takesCommand: true) is { } read => Run(read),
                _ => null,
            };
        }
        catch (Exception failed)
        {
            return Report(failed);
        }
    }

    internal static int Report(Exception thrown)
    {
        var failed = KnownFailure.Of(thrown);
        foreach (var line in ErrorPrinter.Lines(failed, new Terminal(Environment.GetEnvironmentVariable).ErrorMark))
        {
            Console.Error.WriteLine(line);
        }

        if (!string.IsNullOrEmpty(Environment.GetEnvironmentVariable("VPKG_TRACE")))
        {
            Console.Error.WriteLine(thrown);
        }

        return ExitCodes.Of(failed);
    }

    private static int Version()
    {
        ResultLine.Write("vpkg " + ProgramVersion.Text);
        return ExitCodes.Done;
    }

    private static int? Apply(HotArguments read)
    {
        var locations = Locations.Resolve(read.Root, Environment.GetEnvironmentVariable);
        var profile = read.Profile(locations, read.File ?? read.Operand);
        if (NothingToDo.Check(locations, profile) is not { } generation)
        {
            return null;
        }

        if (!read.Quiet)
        {
            ResultLine.Write(NothingToDoLine(generation));
        }

        return ExitCodes.Done;
    }

    internal static string NothingToDoLine(int generation) =>
        "Nothing to do: generation " + generation.ToString(CultureInfo.InvariantCulture) + " is what the profile asks for.";

    private static int? Rollback(HotArguments read, string[] args)
    {
        int? number = null;
        if (read.Operand is { } operand)
        {
            if (!int.TryParse(operand, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed))
            {
                return null;
            }

            number = parsed;
        }

        var locations = Locations.Resolve(read.Root, Environment.GetEnvironmentVariable);
        var workspace = new Workspace
        {
            Locations = locations,
            Profile = read.Profile(locations, read.File),
            Observer = SilentObserver.Instance,
            Variable = Environment.GetEnvironmentVariable,
        };
        int current;
        try
        {
            current = RollBack.Run(workspace, number, read.ClosureOnly, read.Force, CancellationToken.None);
        }
        catch (VeridianException failed)
        {
            Record(workspace, args, ExitCodes.Of(failed), generation: null);
            throw;
        }

        Record(workspace, args, ExitCodes.Done, current);
        if (!read.Quiet)
        {
            ResultLine.Write("Generation " + current.ToString(CultureInfo.InvariantCulture) + " is current.");
        }

        return ExitCodes.Done;
    }

    private static void Record(Workspace workspace, string[] args, int exitCode, int? generation)
    {
        if (OperationHistory.Add(workspace.Locations, workspace.Profile, TimeProvider.System, exitCode, string.Join(' ', args), generation) is { } why)
        {
            new Terminal(Environment.GetEnvironmentVariable).Warning("The operation log was not written: " + why);
        }
    }

    private static int? Run(HotArguments read)
    {
        var locations = Locations.Resolve(read.Root, Environment.GetEnvironmentVariable);
        if (read.NeedsLongWay)
        {
            return null;
        }

        var profile = read.Packages.Count == 0 ? read.Profile(locations, read.File) : AdHocEnvironment.Of(locations, read.Packages);
        if (read.Packages.Count > 0 && CurrentLauncher.TryPathOf(locations, profile) is null)
        {
            return null; // it has to be made first
        }

        var launcher = CurrentLauncher.PathOf(locations, profile);
        RootUse.Touch(locations, profile, TimeProvider.System);
        Enter(launcher, read.Command.Span.ToArray());
        return null;
    }

    /// <summary>Arguments for the command line library, which would take options behind a command for its own: <c>--</c> ends them.</summary>
    public static string[] Separated(string[] args) =>
        args is ["run" or "x", ..] && HotArguments.TryRead(args, takesCommand: true) is { CommandStart: var start } && args[start - 1] != "--"
            ? [.. args[..start], "--", .. args[start..]]
            : args;

    /// <summary>Becomes the launcher; returns only by throwing.</summary>
    internal static void Enter(string launcher, IEnumerable<string> command, bool pure = false, SixStreams? streams = null, bool asRoot = false)
    {
        IReadOnlyList<string> words = [.. asRoot ? InnerRoot.Words(HostGrants.Read()) : [], .. CurrentLauncher.Arguments(launcher, command)];
        Replace(words[0], words, pure, streams);
    }


    /// <summary>Becomes a program; returns only by throwing.</summary>
    internal static void Replace(string program, IReadOnlyList<string> arguments, bool pure, SixStreams? streams = null)
    {
        var environment = new List<string>();
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            if (!pure || PureVariables.Keep((string)variable.Key))
            {
                environment.Add($"{variable.Key}={variable.Value}");
            }
        }

        if (streams is not null)
        {
            environment.Add(SixStreams.Variable + "=6");
            streams.Place();
        }

        ProcessReplacement.Run(program, arguments, environment);
    }
}
