using System.Globalization;
using System.Text;
using Veridian.Formats.Toml;

namespace Veridian.Formats.Profile;

/// <summary>Canonical lines: two things are the same to the solver exactly when their lines are (P-15).</summary>
internal static class ProfileText
{
    public static string Of(EvaluatedProfile profile)
    {
        var text = new StringBuilder("vpkg-inputs 1\n");
        text.Append("platform ").Append(Quote(profile.Platform)).Append('\n');
        text.Append("environment ").Append(Quote(profile.Environment)).Append('\n');
        text.Append("recommends ").Append(profile.Recommends ? "true\n" : "false\n");
        AppendLine(text, "min-age", profile.MinAge);
        AppendLine(text, "as-of", profile.AsOf);
        foreach (var repository in profile.Repositories)
        {
            text.Append(Of(repository)).Append('\n');
        }

        foreach (var requirement in profile.Requirements)
        {
            text.Append(Of(requirement)).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>What decides which packages a repository offers and whether they are believed.</summary>
    public static string Of(ProfileRepository repository)
    {
        var text = new StringBuilder("repository ").Append(Quote(repository.Name)).Append(" kind=").Append(Quote(repository.Kind));
        AppendList(text, "suites", repository.Suites);
        AppendList(text, "components", repository.Components);
        AppendList(text, "architectures", repository.Architectures);
        AppendText(text, "url", repository.Url);
        AppendText(text, "signed-by", repository.SignedBy);
        AppendText(text, "min-age", repository.MinAge);
        AppendText(text, "snapshot", repository.Snapshot);
        return text.Append(" priority=").Append(repository.Priority.ToString(CultureInfo.InvariantCulture))
            .Append(repository.Unsigned ? " unsigned" : "").ToString();
    }

    /// <summary>Everything but places, the reason of a hold, and what happens to scripts.</summary>
    public static string Of(ProfileRequirement requirement)
    {
        var text = new StringBuilder("package ").Append(Quote(requirement.Name)).Append(" version=").Append(Quote(requirement.Constraint));
        AppendText(text, "repository", requirement.Repository);
        AppendList(text, "features", requirement.Features);
        text.Append(requirement.Recommends switch { true => " recommends=true", false => " recommends=false", _ => "" });
        return text.Append(requirement.Hold ? " hold" : "").Append(requirement.Optional ? " optional" : "").ToString();
    }

    private static void AppendLine(StringBuilder text, string key, Setting<string>? setting)
    {
        if (setting is not null)
        {
            text.Append(key).Append(' ').Append(Quote(setting.Value)).Append('\n');
        }
    }

    private static void AppendText(StringBuilder text, string key, string? value)
    {
        if (value is not null)
        {
            text.Append(' ').Append(key).Append('=').Append(Quote(value));
        }
    }

    private static void AppendList(StringBuilder text, string key, IReadOnlyList<string> values)
    {
        if (values.Count > 0)
        {
            text.Append(' ').Append(key).Append("=[").AppendJoin(',', values.Select(Quote)).Append(']');
        }
    }

    private static string Quote(string value) => TomlLiteral.String(value).Text;
}
