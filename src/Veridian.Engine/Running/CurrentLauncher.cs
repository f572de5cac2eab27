using Veridian.Core.Errors;
using Veridian.Engine.Locating;
using Veridian.Posix;

namespace Veridian.Engine.Running;

/// <summary>The script that enters the environment of a profile's current generation.</summary>
public static class CurrentLauncher
{
    /// <summary>Its path. One look at the disk: this stands in the way of every command that is run.</summary>
    /// <exception cref="InvalidInputException">Nothing has been applied yet.</exception>
    public static string PathOf(Locations locations, ProfileLocation profile) =>
        TryPathOf(locations, profile)
            ?? throw new InvalidInputException(ErrorCodes.ProfileMissing,
                File.Exists(profile.ProfilePath) ? $"'{profile.ProfilePath}' has not been applied yet." : "No vpkg.toml here or in any folder above, and nothing applied for the user.",
                File.Exists(profile.ProfilePath) ? "Run 'vpkg apply' first." : "Run 'vpkg init' and 'vpkg install NAME'.");

    /// <summary>Its path; null if nothing has been applied yet.</summary>
    public static string? TryPathOf(Locations locations, ProfileLocation profile)
    {
        var path = Path.Combine(locations.ProjectState(profile), "current", "launch");
        return PathLookup.TypeOf(path) == EntryType.File ? path : null;
    }

    /// <summary>The launcher's arguments for one command.</summary>
    public static IReadOnlyList<string> Arguments(string launcher, IEnumerable<string> command) => [launcher, "--exec", .. command];
}
