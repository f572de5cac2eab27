using Veridian.Core.Errors;
using Veridian.Engine.Locating;
using Veridian.Engine.Profiles;
using Veridian.Posix;

namespace Veridian.Engine.Running;

/// <summary>The script that enters the environment of a profile's current generation.</summary>
public static class CurrentLauncher
{
    /// <summary>Its path. One look at the disk: this stands in the way of every command that is run.</summary>
    /// <exception cref="InvalidInputException">Nothing has been applied yet.</exception>
    public static string PathOf(Locations locations, ProfileLocation profile) =>
        TryPathOf(locations, profile) ?? throw NotApplied(profile);

    /// <summary>What stands in the way where there is no generation: the profile was never applied, or there is none.</summary>
    internal static InvalidInputException NotApplied(ProfileLocation profile) => File.Exists(profile.ProfilePath)
        ? new(ErrorCodes.NotApplied, $"'{profile.ProfilePath}' has not been applied yet.", "Run 'vpkg apply' first.")
        : ProfileLoader.NoProfile(profile);

    /// <summary>Its path; null if nothing has been applied yet.</summary>
    public static string? TryPathOf(Locations locations, ProfileLocation profile)
    {
        var path = Path.Combine(locations.ProjectState(profile), "current", "launch");
        return PathLookup.TypeOf(path) == EntryType.File ? path : null;
    }

    /// <summary>The launcher's arguments for one command.</summary>
    public static IReadOnlyList<string> Arguments(string launcher, IEnumerable<string> command) => [launcher, "--exec", .. command];
}
