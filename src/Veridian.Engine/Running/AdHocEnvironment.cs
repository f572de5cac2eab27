using System.Text;
using Veridian.Core.Packages;
using Veridian.Engine.Locating;
using Veridian.Formats.Profile;
using Veridian.Formats.Toml;
using Veridian.Posix;

namespace Veridian.Engine.Running;

/// <summary>An environment for a command without a project: a profile of its own in the state folder, made from the packages named.</summary>
/// <remarks>Source: <c>spec/cli.md</c> CL-30. The same packages, in whatever order they are named, are the same environment, until it is refreshed or forgotten.</remarks>
public static class AdHocEnvironment
{
    /// <summary>One that was not used for so long is forgotten by <c>gc</c>.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    private const string FolderName = "adhoc";

    /// <summary>Where its profile lies. Nothing is read: this stands in the way of every command that is run.</summary>
    /// <param name="locations">For the state folder.</param>
    /// <param name="specs">As typed, at least one.</param>
    public static ProfileLocation Of(Locations locations, IReadOnlyCollection<string> specs)
    {
        var sorted = specs.Distinct().Order(StringComparer.Ordinal).ToArray();
        var folder = Path.Combine(locations.State, FolderName, ProjectId.Of($"/{sorted[0]}/{string.Join('\n', sorted)}"));
        return new ProfileLocation(Path.Combine(folder, "vpkg.toml"), Path.Combine(folder, "vpkg.lock"), IsUser: false) { IsAdHoc = true };
    }

    /// <summary>The profile's text.</summary>
    /// <exception cref="Core.Errors.InvalidInputException">A spec cannot be read.</exception>
    public static byte[] Profile(IReadOnlyCollection<string> specs)
    {
        var wanted = specs.Distinct().Order(StringComparer.Ordinal).Select(PackageSpec.Parse).ToArray();
        var name = string.Join('+', wanted.Select(spec => spec.Name.Text));
        var editor = new ProfileEditor(Encoding.UTF8.GetBytes($"[profile]\nname = {TomlLiteral.String(name)}\n\n[packages]\n"), "vpkg.toml");
        foreach (var spec in wanted)
        {
            editor.SetPackage(spec.Name.Text, spec.Constraint.Length == 0 ? "*" : spec.Constraint, spec.Repository, spec.Features);
        }

        return editor.ToUtf8();
    }

    /// <summary>Forgets those that nobody used for <see cref="Kept"/>; their packages are then free for gc.</summary>
    /// <returns>What was forgotten, or would be: the names of their folders.</returns>
    public static IReadOnlyList<string> ForgetUnused(Locations locations, TimeProvider time, bool dryRun)
    {
        var folder = Path.Combine(locations.State, FolderName);
        if (!Directory.Exists(folder))
        {
            return [];
        }

        var forgotten = new List<string>();
        foreach (var entry in Directory.GetDirectories(folder).Order(StringComparer.Ordinal))
        {
            var profile = new ProfileLocation(Path.Combine(entry, "vpkg.toml"), Path.Combine(entry, "vpkg.lock"), IsUser: false);
            var used = RootUse.Last(locations, profile) ?? Directory.GetLastWriteTimeUtc(entry);
            if (time.GetUtcNow() - used <= Kept)
            {
                continue;
            }

            // Somebody who makes it just now is not disturbed.
            Directory.CreateDirectory(locations.ProjectState(profile));
            using var alone = FileLock.Try(locations.ProfileLock(profile), exclusive: true);
            if (alone is null)
            {
                continue;
            }

            forgotten.Add(Path.GetFileName(entry));
            if (!dryRun)
            {
                // The generation goes first: a profile without one is only made again.
                Remove(locations.ProjectState(profile));
                Remove(entry);
            }
        }

        return forgotten;
    }

    private static void Remove(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
