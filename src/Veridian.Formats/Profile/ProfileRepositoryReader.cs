using Veridian.Core.Packages;
using Veridian.Formats.Toml;

namespace Veridian.Formats.Profile;

/// <summary>Reads <c>[[repository]]</c> (P-6).</summary>
internal static class ProfileRepositoryReader
{
    public static List<ProfileRepository> Read(IReadOnlyList<TomlValue> tables)
    {
        var repositories = new List<ProfileRepository>();
        foreach (var table in tables)
        {
            var repository = Read(ProfileReader.Fields((TomlTable)table, "[[repository]]"));
            if (repositories.Find(other => other.Name == repository.Name) is { } first)
            {
                throw ProfileReader.Fields((TomlTable)table, "[[repository]]").Wrong(repository.Span,
                    $"Repository '{repository.Name}' is already defined at {first.Span}.", "Give one of the two another name.");
            }

            repositories.Add(repository);
        }

        return repositories;
    }

    private static ProfileRepository Read(TomlFields fields)
    {
        fields.RefuseAllBut(ProfileKeys.Repository);
        var name = fields.RequiredText("name");
        var kind = fields.Text("kind") ?? "debian";
        RefuseUnless(PackageName.IsValid(name), fields, "name", $"'{name}' is no name of a repository.",
            "Write lower case letters, digits and + - . _, beginning with a letter or digit.");
        if (!ProfileKeys.RepositoryKinds.Contains(kind))
        {
            throw ProfileReader.OneOf(fields, "kind", kind, ProfileKeys.RepositoryKinds);
        }

        var trust = fields.Text("trust");
        RefuseUnless(trust is null or "unsigned", fields, "trust", $"Key 'trust' must be 'unsigned' or absent, not '{trust}'.",
            "Remove it: a repository is trusted through its key.");
        return new ProfileRepository
        {
            Name = name,
            Kind = kind,
            Suites = Words(fields, "suites") ?? throw fields.Missing("suites"),
            Components = Words(fields, "components") ?? ["main"],
            Url = Url(fields, "url"),
            SignedBy = fields.Text("signed-by"),
            Unsigned = trust is not null,
            Priority = (int)(fields.Integer("priority", short.MinValue, short.MaxValue) ?? 500),
            Enabled = fields.Boolean("enabled") ?? true,
            Architectures = Words(fields, "architectures") ?? [],
            CheckValidUntil = fields.Boolean("check-valid-until") ?? true,
            MaxAgeDays = (int?)fields.Integer("max-age-days", 1, 36500),
            MinAge = ProfileReader.ReadAge(fields),
            Snapshot = Snapshot(fields),
            Span = fields.Table.Find("name")!.KeySpan,
        };
    }

    private static string? Snapshot(TomlFields fields)
    {
        var url = Url(fields, "snapshot");
        RefuseUnless(url is null || url.Contains(ProfileRepository.TimeMark, StringComparison.Ordinal), fields, "snapshot",
            $"'{url}' does not say where the time stands.", $"Write {ProfileRepository.TimeMark} where the address has the time.");
        return url;
    }

    private static string? Url(TomlFields fields, string key)
    {
        if (fields.Text(key) is not { } url)
        {
            return null;
        }

        RefuseUnless(url.Contains("://", StringComparison.Ordinal) && !url.Contains(' ', StringComparison.Ordinal), fields, key,
            $"'{url}' is no address of a repository.", "Write a whole address that begins with https://, http:// or file://.");
        return url.TrimEnd('/');
    }

    /// <summary>A list of at least one word; words become parts of addresses and of lines of index files.</summary>
    private static string[]? Words(TomlFields fields, string key)
    {
        var words = fields.Texts(key);
        RefuseUnless(words is not [], fields, key, $"Key '{key}' is an empty list.", "Name at least one, or remove the key.");
        foreach (var word in words ?? [])
        {
            RefuseUnless(IsWord(word), fields, key, $"'{word}' cannot stand in '{key}'.", "Write names of letters, digits and + - . _ / ~ without blanks or '..'.");
        }

        return words;
    }

    private static bool IsWord(string word)
    {
        var valid = word.Length is > 0 and <= 128 && word[0] != '/' && !word.Contains("..", StringComparison.Ordinal);
        foreach (var c in word)
        {
            valid &= char.IsAsciiLetterOrDigit(c) || c is '+' or '-' or '.' or '_' or '/' or '~';
        }

        return valid;
    }

    private static void RefuseUnless(bool condition, TomlFields fields, string key, string message, string hint)
    {
        if (!condition)
        {
            throw fields.Wrong(fields.Table[key]!.Span, message, hint);
        }
    }
}
