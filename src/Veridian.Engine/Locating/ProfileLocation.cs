using Veridian.Formats.Profile;
using Veridian.Posix;

namespace Veridian.Engine.Locating;

/// <summary>The profile a command works on.</summary>
/// <param name="ProfilePath">Full path of <c>vpkg.toml</c> or the user's <c>profile.toml</c>; it need not exist yet.</param>
/// <param name="LockPath">Full path of the lock beside it.</param>
/// <param name="IsUser">Whether it is the user profile.</param>
public sealed record ProfileLocation(string ProfilePath, string LockPath, bool IsUser)
{
    /// <summary>Which of its environments; each has generations of its own.</summary>
    public string Environment { get; init; } = ProfileEvaluator.DefaultEnvironment;

    /// <summary>Whether it is the one that every profile has.</summary>
    public bool IsDefaultEnvironment => Environment == ProfileEvaluator.DefaultEnvironment;

    /// <summary>Whether it was made of packages that somebody named for one command, and is no file of theirs.</summary>
    public bool IsAdHoc { get; init; }

    /// <summary>The folder of the profile.</summary>
    public string Folder => Path.GetDirectoryName(ProfilePath)!;

    /// <summary>
    /// Finds it (decision 7): the file or folder given, else the nearest <c>vpkg.toml</c> upward, else the user profile.
    /// </summary>
    /// <param name="given">The value of <c>-f</c> or a bare path argument; null where none was given.</param>
    /// <param name="global">Whether <c>--global</c> forces the user profile.</param>
    /// <param name="workingDirectory">Where to start looking upward.</param>
    /// <param name="locations">For the user profile.</param>
    public static ProfileLocation Find(string? given, bool global, string workingDirectory, Locations locations)
    {
        if (given is not null)
        {
            var full = Path.GetFullPath(given, workingDirectory);
            return Project(PathLookup.TypeOf(full) == EntryType.Directory ? Path.Combine(full, "vpkg.toml") : full);
        }

        for (var folder = global ? null : workingDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            var candidate = Path.Combine(folder, "vpkg.toml");
            if (PathLookup.TypeOf(candidate) == EntryType.File)
            {
                return Project(candidate);
            }
        }

        return new ProfileLocation(
            Path.Combine(locations.Config, "profile.toml"), Path.Combine(locations.Config, "profile.lock"), IsUser: true);
    }

    private static ProfileLocation Project(string profilePath) =>
        new(profilePath, Path.ChangeExtension(profilePath, ".lock"), IsUser: false);
}
