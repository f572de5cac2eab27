using Veridian.Core.Errors;
using Veridian.Engine.Progress;
using Veridian.Posix;

namespace Veridian.Engine.Applying;

/// <summary>While it is held, no other command changes the same profile, its lock or its generations. Vanishes with its owner.</summary>
internal static class ProfileAlone
{
    private static readonly TimeSpan Wait = TimeSpan.FromMinutes(10);

    /// <summary>Takes the lock; waits for another command to end.</summary>
    /// <exception cref="BusyException">It did not end in ten minutes.</exception>
    public static FileLock Take(Workspace workspace, CancellationToken cancellationToken)
    {
        var path = workspace.Locations.ProfileLock(workspace.Profile);
        var folder = Path.GetDirectoryName(path)!;
        if (PathLookup.TypeOf(folder) is null)
        {
            Directory.CreateDirectory(folder);
        }

        return FileLock.Try(path, exclusive: true) ?? WaitFor(workspace, path, cancellationToken);
    }

    private static FileLock WaitFor(Workspace workspace, string path, CancellationToken cancellationToken)
    {
        workspace.Observer.On(new EngineEvent.Step("Waiting for another command that works on this profile"));
        return FileLock.Wait(path, exclusive: true, Wait, workspace.Time, cancellationToken)
            ?? throw new BusyException(ErrorCodes.ProfileBusy,
                $"Another command has worked on '{workspace.Profile.ProfilePath}' for more than {Wait.TotalMinutes:F0} minutes.",
                "Wait for it to end, or end it, and try again.");
    }
}
