using Veridian.Core.Text;
using Veridian.Core.Errors;
using Veridian.Core.Packages;
using Veridian.Engine.Applying;
using Veridian.Engine.Profiles;
using Veridian.Formats.Profile;
using Veridian.Formats.Toml;

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
        var editor = new TomlEditor(ProfileLoader.TryReadText(workspace) ?? InitialProfile.Text(workspace.Profile), Path.GetFileName(workspace.Profile.ProfilePath));
        foreach (var spec in specs.Select(PackageSpec.Parse))
        {
            if (spec.Constraint.Length > 0)
            {
                ConstraintParser.Parse(VersionScheme.Deb, spec.Constraint, null);
            }

            editor.Set(Table(workspace), spec.Name.Text, Value(spec, recommends));
        }

        return editor.ToUtf8();
    }

    /// <summary>The text without the given names.</summary>
    /// <exception cref="InvalidInputException">A name is not in the profile.</exception>
    public static byte[] Remove(Workspace workspace, IReadOnlyList<string> names)
    {
        var text = ProfileLoader.ReadText(workspace);
        var editor = new TomlEditor(text, Path.GetFileName(workspace.Profile.ProfilePath));
        foreach (var name in names)
        {
            if (!editor.Remove(Table(workspace), name))
            {
                throw NotThere(ProfileLoader.Load(workspace, text).Profile, name);
            }
        }

        return editor.ToUtf8();
    }

    /// <summary>Writes an edited profile without applying it.</summary>
    public static void Save(Workspace workspace, byte[] text) => SmallFile.Write(workspace.Profile.ProfilePath, text);

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

    private static InvalidInputException NotThere(EvaluatedProfile profile, string name)
    {
        var nearest = DidYouMean.Nearest(name, profile.Requirements.Select(wanted => wanted.Name));
        return new InvalidInputException(ErrorCodes.NotInProfile,
            $"'{name}' is not in the profile{(profile.Environment == ProfileEvaluator.DefaultEnvironment ? "" : $" for environment '{profile.Environment}'")}.",
            nearest is null ? "Run 'vpkg list' to see what is." : $"Did you mean '{nearest}'?");
    }

    private static string[] Table(Workspace workspace) => workspace.Settings.Environment == ProfileEvaluator.DefaultEnvironment
        ? ["packages"]
        : ["environment", workspace.Settings.Environment, "packages"];

    private static TomlLiteral Value(PackageSpec spec, bool recommends)
    {
        var constraint = TomlLiteral.String(spec.Constraint.Length == 0 ? "*" : spec.Constraint);
        var entries = new List<(string, TomlLiteral)>();
        if (spec.Repository is { } repository)
        {
            entries.Add(("repository", TomlLiteral.String(repository)));
        }

        if (spec.Features.Count > 0)
        {
            entries.Add(("features", TomlLiteral.Array(spec.Features.Select(TomlLiteral.String))));
        }

        if (recommends)
        {
            entries.Add(("recommends", TomlLiteral.Boolean(true)));
        }

        return entries.Count == 0 ? constraint : TomlLiteral.Table(entries.Prepend(("version", constraint)));
    }
}
