using System.Runtime.CompilerServices;
using System.Text;
using Veridian.Core.Errors;
using Veridian.Engine.Locating;
using Veridian.Store.Generations;
using Veridian.Store.Operations;

namespace Veridian.Engine.Recording;

/// <summary>One command of the log, as listings show it.</summary>
/// <param name="Time">When it ended.</param>
/// <param name="ExitCode">How it ended.</param>
/// <param name="Generation">The generation that was current then; 0 where there was none.</param>
/// <param name="Profile">The profile it worked on.</param>
/// <param name="Environment">The profile's environment.</param>
/// <param name="Command">What was typed.</param>
public sealed record RecordedCommand(DateTimeOffset Time, int ExitCode, int Generation, string Profile, string Environment, string Command);

/// <summary>What was done on this machine.</summary>
/// <remarks>Source: <c>store-format/log/README.md</c>, <c>spec/cli.md</c> CL-18.</remarks>
public static class OperationHistory
{
    private const int MaxBytes = 256 << 20;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    /// <summary>Adds a command that has ended. Best effort: what was done is done, so that a full disk makes a warning and no failure.</summary>
    /// <returns>Why it could not be written; null where it was.</returns>
    /// <param name="locations">Folders.</param>
    /// <param name="profile">What it worked on.</param>
    /// <param name="time">The clock.</param>
    /// <param name="exitCode">How it ended.</param>
    /// <param name="command">What was typed, without the program's name.</param>
    /// <param name="generation">The current generation where the caller knows it; null to look.</param>
    public static string? Add(Locations locations, ProfileLocation profile, TimeProvider time, int exitCode, string command, int? generation = null)
    {
        try
        {
            if (!Directory.Exists(locations.State))
            {
                return null; // nothing was ever changed here
            }

            var current = generation ?? GenerationFolder.ReadCurrent(locations.ProjectState(profile))?.Number ?? 0;
            OperationLog.Add(locations.State, new Operation(time.GetUtcNow(), exitCode, current, profile.ProfilePath, profile.Environment, command));
            return null;
        }
        catch (VeridianException failed)
        {
            return failed.Message;
        }
    }

    /// <summary>The commands that are added from now on, as they come, until it is cancelled.</summary>
    /// <param name="workspace">As for <see cref="Read"/>.</param>
    /// <param name="ofProfile">As for <see cref="Read"/>.</param>
    /// <param name="seen">How many the caller has had.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async IAsyncEnumerable<RecordedCommand> FollowAsync(Workspace workspace, bool ofProfile, int seen, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var file = new FileInfo(Path.Combine(workspace.Locations.State, OperationLog.FileName));
        for (long length = -1; ; await Task.Delay(Pause, workspace.Time, cancellationToken))
        {
            file.Refresh();
            if (!file.Exists || file.Length == length)
            {
                continue;
            }

            length = file.Length;
            foreach (var fresh in Read(workspace, ofProfile).Skip(seen))
            {
                seen++;
                yield return fresh;
            }
        }
    }

    /// <summary>The commands, oldest first.</summary>
    /// <param name="workspace">For folders, and the profile where only its commands are wanted.</param>
    /// <param name="ofProfile">Only commands that worked on the workspace's profile.</param>
    public static IReadOnlyList<RecordedCommand> Read(Workspace workspace, bool ofProfile)
    {
        var text = Encoding.UTF8.GetString(BoundedFile.TryRead(Path.Combine(workspace.Locations.State, OperationLog.FileName), MaxBytes) ?? []);
        return [.. OperationLog.Read(text)
            .Where(operation => !ofProfile || operation.Profile == workspace.Profile.ProfilePath)
            .Select(operation => new RecordedCommand(operation.Time, operation.ExitCode, operation.Generation, operation.Profile, operation.Environment, operation.Command))];
    }
}
