using Veridian.Core.Errors;
using Veridian.Core.Packages;
using Veridian.Core.Text;
using Veridian.Engine.Applying;
using Veridian.Engine.Profiles;
using Veridian.Formats.Profile;

namespace Veridian.Engine.Editing;

/// <summary>The edits that verbs make in a profile's text. Comments, order and blanks stay as they are (C-01).</summary>
public static class ProfileEdits
{
    /// <summary>The text with the given specs added or changed.</summary>
    /// <param name="workspace">Which profile and environment.</param>
    /// <param name="specs">As typed: <c>jq</c>, <c>ripgrep>=13</c>, <c>llvm@17</c>.</param>
    /// <param name="recommends">Also write <c>recommends = true</c> for each.</param>
    /// <exception cref="InvalidInputException">A spec cannot be read.</exception>
    public static byte[] Install(Workspace workspace, IEnumerable<string> specs, bool recommends)
    {
        var editor = new ProfileEditor(ProfileLoader.TryReadText(workspace) ?? InitialProfile.Text(workspace.Profile), Path.GetFileName(workspace.Profile.ProfilePath));
        var wanted = Named(editor.Read(), workspace.Profile.Environment);
        foreach (var spec in specs.Select(PackageSpec.Parse))
        {
            // A bare name asks for nothing more than what stands there already.
            if (spec is { Constraint: "", Repository: null, Features.Count: 0 } && !recommends && wanted.Contains(spec.Name.Text))
            {
                continue;
            }

            editor.SetPackage(
                spec.Name.Text, spec.Constraint.Length == 0 ? "*" : spec.Constraint, spec.Repository, spec.Features, recommends, workspace.Profile.Environment);
        }

        return editor.ToUtf8();
    }

    /// <summary>The text without the given names.</summary>
    /// <exception cref="InvalidInputException">A name is not in the profile.</exception>
    public static byte[] Remove(Workspace workspace, IReadOnlyList<string> names)
    {
        var text = ProfileLoader.ReadText(workspace);
        var editor = new ProfileEditor(text, Path.GetFileName(workspace.Profile.ProfilePath));
        foreach (var name in names)
        {
            if (!editor.RemovePackage(name, workspace.Profile.Environment))
            {
                throw NotThere(ProfileLoader.Load(workspace, text).Profile, name);
            }
        }

        return editor.ToUtf8();
    }

    /// <summary>Edits a profile without applying it; no other command edits it meanwhile.</summary>
    /// <param name="workspace">Which profile.</param>
    /// <param name="edit">Makes the new text from what stands there now.</param>
    /// <param name="cancellationToken">Ends the wait for another command.</param>
    public static void Save(Workspace workspace, Func<byte[]> edit, CancellationToken cancellationToken)
    {
        using var alone = ProfileAlone.Take(workspace, cancellationToken);
        SmallFile.Write(workspace.Profile.ProfilePath, edit());
    }

    /// <summary>Checks that names given to <c>update</c> stand in the profile or its lock.</summary>
    /// <exception cref="InvalidInputException">One does not.</exception>
    public static void RequireKnown(Workspace workspace, IReadOnlyCollection<string> names)
    {
        var profile = ProfileLoader.Load(workspace).Profile;
        var locked = (LockOnDisk.TryRead(workspace.Profile)?.Find(profile.Environment, profile.Platform)?.Packages ?? []).Select(package => package.Name);
        var known = profile.Requirements.Select(wanted => wanted.Name).Concat(locked).ToHashSet(StringComparer.Ordinal);
        if (names.FirstOrDefault(name => !known.Contains(name)) is { } unknown)
        {
            throw NotThere(profile, unknown);
        }
    }

    private static HashSet<string> Named(ProfileFile profile, string environment)
    {
        var section = environment == ProfileEvaluator.DefaultEnvironment ? profile.Base : profile.Environments.GetValueOrDefault(environment, ProfileSection.Empty);
        return [.. section.Packages.Select(package => package.Name)];
    }

    private static InvalidInputException NotThere(EvaluatedProfile profile, string name)
    {
        var nearest = DidYouMean.Nearest(name, profile.Requirements.Select(wanted => wanted.Name));
        return new InvalidInputException(ErrorCodes.NotInProfile,
            $"'{name}' is not in the profile{(profile.Environment == ProfileEvaluator.DefaultEnvironment ? "" : $" for environment '{profile.Environment}'")}.",
            nearest is null ? "Run 'vpkg list' to see what is." : $"Did you mean '{nearest}'?");
    }
}
