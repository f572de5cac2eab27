using System.Text;
using Veridian.Core.Hashing;
using Veridian.Engine.Locating;
using Veridian.Engine.Profiles;

namespace Veridian.Engine.Running;

/// <summary>Which projects may have lines of their own carried out in the user's shell: exactly these lines of exactly this project.</summary>
/// <remarks>Source: <c>spec/cli.md</c> CL-34. A file per decision, in the state folder, where no project can put one.</remarks>
public static class TrustedLines
{
    /// <summary>The file that is there while the lines are trusted.</summary>
    /// <param name="locations">For the state folder.</param>
    /// <param name="profile">Whose lines.</param>
    /// <param name="lines">The lines for one kind of shell.</param>
    public static string FileOf(Locations locations, ProfileLocation profile, IReadOnlyList<string> lines) =>
        Path.Combine(locations.State, "trust", Blake3.Hash(Encoding.UTF8.GetBytes($"veridian-trust 1\n{profile.ProfilePath}\n{string.Join('\n', lines)}\n")).ToString());

    /// <summary>Allows the lines that stand in a profile now.</summary>
    /// <returns>All of them; none where there is nothing to allow.</returns>
    /// <exception cref="Core.Errors.InvalidInputException">There is no profile, or it is wrong.</exception>
    public static IReadOnlyList<string> Trust(Workspace workspace)
    {
        var profile = ProfileLoader.Load(workspace).Profile;
        IReadOnlyList<string>[] kinds = [profile.Activate, profile.ActivateFish];
        foreach (var lines in kinds.Where(lines => lines.Count > 0))
        {
            SmallFile.Write(FileOf(workspace.Locations, workspace.Profile, lines), Encoding.UTF8.GetBytes(workspace.Profile.ProfilePath + "\n"));
        }

        return [.. kinds.SelectMany(lines => lines)];
    }

    /// <summary>Takes back everything that was allowed to a project, whatever its lines were.</summary>
    /// <returns>How many decisions were taken back.</returns>
    public static int Untrust(Locations locations, ProfileLocation profile)
    {
        const int longestPath = 64 << 10;
        var folder = Path.Combine(locations.State, "trust");
        var count = 0;
        foreach (var file in Directory.Exists(folder) ? Directory.GetFiles(folder) : [])
        {
            if (Encoding.UTF8.GetString(BoundedFile.TryRead(file, longestPath) ?? []).TrimEnd('\n') == profile.ProfilePath)
            {
                File.Delete(file);
                count++;
            }
        }

        return count;
    }
}
