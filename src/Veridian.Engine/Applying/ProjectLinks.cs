using Veridian.Engine.Locating;
using Veridian.Engine.Running;

namespace Veridian.Engine.Applying;

/// <summary>Links for people and editors, never a source of truth (decision 5). A failure to make them stops nothing.</summary>
internal static class ProjectLinks
{
    /// <summary>Points <c>.vpkg/current</c> of a project, or <c>current</c> of the state folder for the user profile, at its generation; <c>current-NAME</c> for a named environment.</summary>
    public static void Refresh(ProfileLocation profile, Locations locations)
    {
        var state = locations.ProjectState(profile);
        try
        {
            ShellHooks.Refresh(locations, profile);
            var folder = profile.IsUser ? locations.State : Path.Combine(profile.Folder, ".vpkg");
            var link = Path.Combine(folder, profile.IsDefaultEnvironment ? "current" : $"current-{profile.Environment}");
            var target = Path.Combine(state, "current");
            Directory.CreateDirectory(folder);
            if (new FileInfo(link).LinkTarget != target)
            {
                File.Delete(link);
                File.CreateSymbolicLink(link, target);
            }
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            // A read-only project can still be applied.
        }
    }
}
