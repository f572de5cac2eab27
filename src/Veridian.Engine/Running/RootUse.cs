using Veridian.Engine.Locating;

namespace Veridian.Engine.Running;

/// <summary>Notes that a project's current generation was used: the time of its root's file, which <c>vpkg store roots</c> shows.</summary>
/// <remarks>Source: <c>spec/store.md</c>, roots. A failure stops nothing: somebody else's store, or a read-only disk.</remarks>
public static class RootUse
{
    /// <summary>Touches the root. One link is read and one time written: this stands in the way of every command that is run.</summary>
    public static void Touch(Locations locations, ProfileLocation profile, TimeProvider time)
    {
        try
        {
            var state = locations.ProjectState(profile);
            if (new FileInfo(Path.Combine(state, "current")).LinkTarget is { } target)
            {
                var root = Path.Combine(locations.Store, "roots", $"{Path.GetFileName(state)}-{Path.GetFileName(target)}");
                File.SetLastWriteTimeUtc(root, time.GetUtcNow().UtcDateTime);
            }
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            // The use is not noted; the command runs all the same.
        }
    }
}
