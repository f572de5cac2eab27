using Veridian.Engine.Locating;

namespace Veridian.Engine.Running;

/// <summary>
/// A folder of the state folder that mirrors the paths of applied projects: a shell's hook finds there what belongs to a folder,
/// without starting a program and without believing anything that lies in a project.
/// </summary>
/// <remarks>Source: <c>spec/cli.md</c> CL-33.</remarks>
public static class ShellHooks
{
    private const string LinkName = "@vpkg";

    /// <summary>The folder.</summary>
    public static string Folder(Locations locations) => Path.Combine(locations.State, "hook");

    /// <summary>Notes where a project's current generation is found; for the default environment of a <c>vpkg.toml</c> only.</summary>
    public static void Refresh(Locations locations, ProfileLocation profile)
    {
        if (!profile.IsDefaultEnvironment || Path.GetFileName(profile.ProfilePath) != "vpkg.toml")
        {
            return;
        }

        var folder = Folder(locations) + profile.Folder;
        var (link, target) = (Path.Combine(folder, LinkName), Path.Combine(locations.ProjectState(profile), "current"));
        Directory.CreateDirectory(folder);
        if (new FileInfo(link).LinkTarget != target)
        {
            File.Delete(link);
            File.CreateSymbolicLink(link, target);
        }
    }
}
