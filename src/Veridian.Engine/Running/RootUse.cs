using Veridian.Engine.Locating;

namespace Veridian.Engine.Running;

/// <summary>Notes that a project's current generation was used: the time of its root's file, which <c>vpkg store roots</c> shows.</summary>
/// <remarks>Source: <c>spec/store.md</c>, roots. A failure stops nothing: somebody else's store, or a read-only disk.</remarks>
public static class RootUse
{
    /// <summary>When the current generation was last used, as far as it was noted; null where there is none.</summary>
    public static DateTimeOffset? Last(Locations locations, ProfileLocation profile) =>
        PathOf(locations, profile) is { } root && File.Exists(root) ? File.GetLastWriteTimeUtc(root) : null;

    /// <summary>Touches the root. One link is read and one time written: this stands in the way of every command that is run.</summary>
    public static void Touch(Locations locations, ProfileLocation profile, TimeProvider time)
    {
        try
        {
            if (PathOf(locations, profile) is { } root)
            {
                File.SetLastWriteTimeUtc(root, time.GetUtcNow().UtcDateTime);
            }
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            // The use is not noted; the command runs all the same.
        }
    }

    private static string? PathOf(Locations locations, ProfileLocation profile)
    {
        var state = locations.ProjectState(profile);
        return new FileInfo(Path.Combine(state, "current")).LinkTarget is { } target
            ? Path.Combine(locations.Store, "roots", $"{Path.GetFileName(state)}-{Path.GetFileName(target)}")
            : null;
    }
}
