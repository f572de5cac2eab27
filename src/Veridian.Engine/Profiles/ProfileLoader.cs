using Veridian.Core.Errors;
using Veridian.Core.Packages;
using Veridian.Engine.Locating;
using Veridian.Formats.Profile;

namespace Veridian.Engine.Profiles;

/// <summary>Reads a profile and its includes from disk and evaluates them.</summary>
public static class ProfileLoader
{
    private const int MaxBytes = 1 << 20;

    /// <summary>Loads the profile of a workspace as it stands on disk.</summary>
    /// <exception cref="InvalidInputException">There is none, or it is wrong.</exception>
    public static LoadedProfile Load(Workspace workspace) => Load(workspace, ReadText(workspace));

    /// <summary>Evaluates the given text as if it stood in the profile's file.</summary>
    /// <exception cref="InvalidInputException">It is wrong.</exception>
    public static LoadedProfile Load(Workspace workspace, byte[] text)
    {
        var path = workspace.Profile.ProfilePath;
        var includes = new List<ProfileText>();
        var root = ProfileReader.Read(text, Display(path, workspace.Profile));
        var evaluated = ProfileEvaluator.Evaluate(
            root, include => LoadInclude(include, workspace.Profile, includes), HostPlatform.Name, workspace.Profile.Environment);
        RequireProgram(evaluated);
        evaluated = workspace.Profile.IsAdHoc ? WithoutPlaces(evaluated) : evaluated;
        return new LoadedProfile(evaluated, new ProfileText(path, text), includes, [.. evaluated.Certificates.Select(name => LoadCertificates(name, workspace.Profile))])
        {
            Etc = evaluated.Etc is { } folder ? EtcFolder.Load(Path.GetFullPath(folder, workspace.Profile.Folder), folder) : [],
        };
    }

    /// <summary>The bytes of the profile's file.</summary>
    /// <exception cref="InvalidInputException">There is no profile.</exception>
    public static byte[] ReadText(Workspace workspace) =>
        TryReadText(workspace) ?? throw NoProfile(workspace.Profile);

    internal static InvalidInputException NoProfile(ProfileLocation profile) => new(ErrorCodes.ProfileMissing,
        profile.IsUser ? $"No vpkg.toml here or in any folder above, and no user profile at '{profile.ProfilePath}'." : $"No profile at '{profile.ProfilePath}'.",
        "Run 'vpkg init' to make one here, or name one with '-f PATH'; one that was applied and then deleted comes back with 'vpkg rollback -f PATH'.");

    /// <summary>The bytes of the profile's file; null where there is none.</summary>
    public static byte[]? TryReadText(Workspace workspace) => BoundedFile.TryRead(workspace.Profile.ProfilePath, MaxBytes);

    private static ProfileText LoadCertificates(string name, ProfileLocation location)
    {
        var full = Path.GetFullPath(name, location.Folder);
        return BoundedFile.TryRead(full, MaxBytes) is { } bytes
            ? new ProfileText(full, bytes)
            : throw new InvalidInputException(ErrorCodes.ProfileValue, $"The file of certificates '{name}' is not there.", "Correct 'certificates' in [profile].");
    }

    private static ProfileFile? LoadInclude(string path, ProfileLocation location, List<ProfileText> includes)
    {
        var full = Path.GetFullPath(path, location.Folder);
        if (BoundedFile.TryRead(full, MaxBytes) is not { } text)
        {
            return null;
        }

        includes.Add(new ProfileText(full, text));
        return ProfileReader.Read(text, path);
    }

    private static void RequireProgram(EvaluatedProfile profile)
    {
        var version = typeof(ProfileLoader).Assembly.GetName().Version!.ToString(3);
        if (profile.RequiresVpkg is { } wanted && !ConstraintParser.Parse(VersionScheme.Semver, wanted.Value, wanted.Span).Contains(version))
        {
            throw new InvalidInputException(
                ErrorCodes.OtherProgram, $"The profile is for vpkg {wanted.Value}, and this is vpkg {version}.", "Use a version that it allows, or change 'requires-vpkg'.", wanted.Span);
        }
    }

    // Nobody wrote the file: what was typed is the place.
    private static EvaluatedProfile WithoutPlaces(EvaluatedProfile profile) =>
        profile with { Requirements = [.. profile.Requirements.Select(wanted => wanted with { Span = new SourceSpan($"-p {wanted.Name}", 0, 0) })] };

    private static string Display(string path, ProfileLocation location) => location.IsUser ? path : Path.GetFileName(path);
}
