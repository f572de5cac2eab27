using Veridian.Core.Errors;
using Veridian.Engine.Applying;
using Veridian.Store.Roots;
using Veridian.Store.Generations;
using Veridian.Store.Files;

namespace Veridian.Engine.RollingBack;

/// <summary>Makes an earlier generation current again: one switch of a link, with its profile and lock. Never asks, never fetches.</summary>
public static class RollBack
{
    private static readonly TimeSpan Wait = TimeSpan.FromMinutes(1);

    /// <summary>Goes back.</summary>
    /// <param name="workspace">Which profile.</param>
    /// <param name="number">The generation wanted; null for the one before the current.</param>
    /// <param name="closureOnly">Leave profile and lock as they are.</param>
    /// <param name="force">Overwrite uncommitted edits of the profile; they are saved beside it.</param>
    /// <param name="cancellationToken">Ends the wait for another command.</param>
    /// <returns>The generation that is current now.</returns>
    /// <exception cref="InvalidInputException">There is no such generation, or the profile has uncommitted edits.</exception>
    public static int Run(Workspace workspace, int? number, bool closureOnly, bool force, CancellationToken cancellationToken) =>
        Run(workspace, new PosixStoreFiles(), number, closureOnly, force, cancellationToken);

    /// <summary>Goes back, with the durable operations given: the seam of the crash tests.</summary>
    internal static int Run(Workspace workspace, IStoreFiles files, int? number, bool closureOnly, bool force, CancellationToken cancellationToken)
    {
        var state = workspace.Locations.ProjectState(workspace.Profile);
        using var alone = ProfileAlone.Take(workspace, cancellationToken);
        using var roots = StoreRoots.Open(workspace.Locations.Store, files, workspace.Time);
        using var generations = GenerationFolder.Open(state, roots, files, workspace.Time);
        var current = generations.NumberOfCurrent() ?? throw new InvalidInputException(ErrorCodes.NoSuchGeneration,
            $"Nothing has been applied for '{workspace.Profile.ProfilePath}' yet.", "Run 'vpkg apply' first.");
        var target = number ?? generations.NumberBefore(current) ?? throw new InvalidInputException(ErrorCodes.NoSuchGeneration,
            $"Generation {current} is the oldest one there is.", "Run 'vpkg generations' to see all.");
        generations.Switch(target, ApplySession.Files(workspace), closureOnly, force, Wait, cancellationToken);
        return target;
    }
}
