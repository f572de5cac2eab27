using Veridian.Core.Errors;
using Veridian.Engine.Applying;
using Veridian.Engine.Configuring;
using Veridian.Engine.Profiles;
using Veridian.Engine.Resolving;
using Veridian.Formats.Toml;

namespace Veridian.Engine.Checking;

/// <summary>One sentence on a file that was looked at.</summary>
/// <param name="File">Its path.</param>
/// <param name="State"><c>sound</c>, <c>outdated</c> or <c>absent</c>.</param>
/// <param name="Detail">More, for people.</param>
public sealed record CheckedFile(string File, string State, string Detail);

/// <summary>Reads and compares the files that people write, without changing or fetching anything.</summary>
public static class FileChecks
{
    /// <summary>Looks at the profile with all it includes, at its lock, and at the configuration.</summary>
    /// <exception cref="InvalidInputException">One of them is wrong; its place is named.</exception>
    public static IReadOnlyList<CheckedFile> Run(Workspace workspace)
    {
        var loaded = ProfileLoader.Load(workspace);
        var configuration = Configuration.PathOf(workspace.Locations);
        _ = Configuration.Read(workspace.Locations, root: null, workspace.Variable);
        _ = Repositories.ConfiguredRepositories.Read(workspace.Locations);
        return
        [
            new CheckedFile(workspace.Profile.ProfilePath, "sound",
                $"{loaded.Profile.Requirements.Count} packages asked for, {loaded.Includes.Count} files included"),
            Lock(workspace, loaded),
            new CheckedFile(configuration, File.Exists(configuration) ? "sound" : "absent", ""),
        ];
    }

    /// <summary>The house form of a TOML file; null where it is in it already.</summary>
    /// <exception cref="InvalidInputException">It cannot be read.</exception>
    public static byte[]? Formatted(string path)
    {
        var before = BoundedFile.TryRead(path, TomlDocument.MaxBytes) ?? throw new InvalidInputException(ErrorCodes.ProfileMissing, $"There is no file '{path}'.", "Name a TOML file.");
        var after = TomlLayout.Format(before, path);
        return after.AsSpan().SequenceEqual(before) ? null : after;
    }

    /// <summary>Writes the house form as one step.</summary>
    public static void Write(string path, byte[] text) => SmallFile.Write(Path.GetFullPath(path), text);

    private static CheckedFile Lock(Workspace workspace, LoadedProfile loaded)
    {
        var path = workspace.Profile.LockPath;
        if (LockOnDisk.TryRead(workspace.Profile) is not { } locked)
        {
            return new CheckedFile(path, "absent", "run 'vpkg lock' to make it");
        }

        return locked.Find(loaded.Profile.Environment, loaded.Profile.Platform) is not { } selection
            ? new CheckedFile(path, "outdated", $"it has nothing for {loaded.Profile.Platform}, environment '{loaded.Profile.Environment}'; run 'vpkg lock'")
            : selection.Inputs == Resolver.InputsOf(loaded.Profile) && selection.Objective == SelectionBuilder.Objective
                ? new CheckedFile(path, "sound", $"{selection.Packages.Count} packages")
                : new CheckedFile(path, "outdated", "it does not fit the profile; run 'vpkg lock'");
    }
}
