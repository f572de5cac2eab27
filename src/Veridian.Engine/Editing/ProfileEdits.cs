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
        var parsed = specs.Select(PackageSpec.Parse).ToArray();
        if (parsed.GroupBy(spec => spec.Name.Text).FirstOrDefault(same => same.Distinct().Count() > 1) is { } twice)
        {
            throw new InvalidInputException(ErrorCodes.SpecSyntax,
                $"'{twice.Key}' is asked for twice, in different ways.", "Write one spec for each package; a constraint may have several terms: 'name>=1,<2'.");
        }

        foreach (var spec in parsed)
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
    public static byte[] Remove(Workspace workspace, IReadOnlyList<string> names) =>
        ForEach(workspace, names, (editor, name) => editor.RemovePackage(name, workspace.Profile.Environment));

    /// <summary>The text with packages held at their locked versions.</summary>
    /// <exception cref="InvalidInputException">A name is not in the profile.</exception>
    public static byte[] Hold(Workspace workspace, IReadOnlyList<string> names, string? reason) =>
        ForEach(workspace, names, (editor, name) => editor.Hold(name, reason, workspace.Profile.Environment));

    /// <summary>The text with packages that may move again; one that was not held stays as it is.</summary>
    /// <exception cref="InvalidInputException">A name is not in the profile.</exception>
    public static byte[] Unhold(Workspace workspace, IReadOnlyList<string> names) => ForEach(
        workspace, names,
        (editor, name) => editor.Unhold(name, workspace.Profile.Environment) || Named(editor.Read(), workspace.Profile.Environment).Contains(name));

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
            throw NotThere(workspace, profile, unknown);
        }
    }

    /// <summary>The text after an edit for each name; the edit says false where the profile does not have it.</summary>
    private static byte[] ForEach(Workspace workspace, IReadOnlyList<string> names, Func<ProfileEditor, string, bool> edit)
    {
        var text = ProfileLoader.ReadText(workspace);
        var editor = new ProfileEditor(text, Path.GetFileName(workspace.Profile.ProfilePath));
        foreach (var name in names)
        {
            if (!edit(editor, name))
            {
                throw NotThere(workspace, ProfileLoader.Load(workspace, text).Profile, name);
            }
        }

        return editor.ToUtf8();
    }

    private static HashSet<string> Named(ProfileFile profile, string environment)
    {
        var section = environment == ProfileEvaluator.DefaultEnvironment ? profile.Base : profile.Environments.GetValueOrDefault(environment, ProfileSection.Empty);
        return [.. section.Packages.Select(package => package.Name)];
    }

    private static InvalidInputException NotThere(Workspace workspace, EvaluatedProfile profile, string name)
    {
        var named = profile.Requirements.Select(wanted => wanted.Name).ToArray();
        var locked = LockOnDisk.TryRead(workspace.Profile)?.Find(profile.Environment, profile.Platform)?.Packages ?? [];
        var hint = locked.FirstOrDefault(package => package.Name == name) switch
        {
            { Requested: true } => $"It is there because it provides what the profile names: {string.Join(", ", named.Where(wanted => locked.All(package => package.Name != wanted)))}.",
            { } => $"It is there because others need it; run 'vpkg why {name}'.",
            null when DidYouMean.Nearest(name, named) is { } nearest => $"Did you mean '{nearest}'?",
            null => "Run 'vpkg list' to see what is.",
        };
        return new InvalidInputException(ErrorCodes.NotInProfile,
            $"'{name}' is not in the profile{(profile.Environment == ProfileEvaluator.DefaultEnvironment ? "" : $" for environment '{profile.Environment}'")}.",
            hint);
    }
}
