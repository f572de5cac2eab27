using Veridian.Core.Errors;
using Veridian.Engine.Applying;
using Veridian.Engine.Profiles;
using Veridian.Engine.Running;

namespace Veridian.Engine.Inspecting;

/// <summary>The packages of a profile's environment, from the current generation or else from the lock. Never uses the network (CL-11).</summary>
public static class LockedPackages
{
    /// <summary>Reads them, sorted by name.</summary>
    /// <exception cref="InvalidInputException">There is neither a generation nor a lock, or no profile at all.</exception>
    public static IReadOnlyList<PackageSummary> Read(Workspace workspace)
    {
        var lockFile = CurrentGeneration.TryRead(workspace)?.Lock ?? LockOnDisk.TryRead(workspace.Profile);
        var selection = lockFile?.Find(workspace.Profile.Environment, HostPlatform.Name);
        return selection is not null
            ? PackageSummary.Of(selection)
            : throw CurrentLauncher.NotApplied(workspace.Profile);
    }
}
