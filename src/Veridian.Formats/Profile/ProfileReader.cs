using Veridian.Core.Errors;
using Veridian.Core.Packages;
using Veridian.Core.Text;
using Veridian.Formats.Toml;

namespace Veridian.Formats.Profile;

/// <summary>Reads one profile file. Unknown keys are errors.</summary>
/// <remarks>Source: <c>spec/profile.md</c> P-1 to P-9.</remarks>
public static class ProfileReader
{
    /// <summary>The longest profile in bytes (P-2).</summary>
    public const int MaxBytes = 1 << 20;

    /// <summary>Reads a whole file.</summary>
    /// <exception cref="InvalidInputException">
    /// <see cref="ErrorCodes.TomlSyntax"/>, <see cref="ErrorCodes.ProfileUnknownKey"/>, <see cref="ErrorCodes.ProfileValue"/>,
    /// <see cref="ErrorCodes.ConstraintSyntax"/> or <see cref="ErrorCodes.ForeignArchitecture"/>, with the place.
    /// </exception>
    public static ProfileFile Read(ReadOnlySpan<byte> utf8, string fileName)
    {
        if (utf8.Length > MaxBytes)
        {
            throw new InvalidInputException(ErrorCodes.ProfileValue, $"Profile '{fileName}' has {utf8.Length} bytes; at most {MaxBytes} are read.",
                "Split the profile with include.", new SourceSpan(fileName, 0, 0));
        }

        var top = Fields(TomlDocument.Parse(utf8, fileName), "the profile");
        top.RefuseAllBut(ProfileKeys.Top);
        return new ProfileFile
        {
            FileName = fileName,
            Settings = top.SubTable("profile") is { } settings ? ReadSettings(settings) : new ProfileSettings(),
            Includes = ReadIncludes(top),
            Repositories = ProfileRepositoryReader.Read(top.SubTables("repository")),
            Base = ProfileSectionReader.Read(top, ""),
            Targets = ReadSections(top, "target", RefuseUnknownPlatform),
            Environments = ReadSections(top, "environment", RefuseBadEnvironment),
        };
    }

    /// <summary>Reads the repositories of a file that is no profile, with the keys and rules of P-6.</summary>
    /// <param name="utf8">The text.</param>
    /// <param name="fileName">For places.</param>
    /// <param name="beside">The only other key at the top, which somebody else reads.</param>
    /// <inheritdoc cref="Read" path="/exception"/>
    public static IReadOnlyList<ProfileRepository> ReadRepositories(ReadOnlySpan<byte> utf8, string fileName, string beside)
    {
        var top = Fields(TomlDocument.Parse(utf8, fileName), $"'{fileName}'");
        top.RefuseAllBut(["repository", beside]);
        return ProfileRepositoryReader.Read(top.SubTables("repository"));
    }

    internal static TomlFields Fields(TomlTable table, string name) => new(table, name, ErrorCodes.ProfileUnknownKey, ErrorCodes.ProfileValue);

    private static ProfileSettings ReadSettings(TomlTable table)
    {
        var fields = Fields(table, "[profile]");
        fields.RefuseAllBut(ProfileKeys.Profile);
        return new ProfileSettings
        {
            Name = fields.Text("name"),
            Description = fields.Text("description"),
            Recommends = At(fields, "recommends", fields.Boolean("recommends")),
            Confirm = At(fields, "confirm", fields.Boolean("confirm")),
            Scripts = ReadScripts(fields),
            RequiresVpkg = fields.Text("requires-vpkg") is { } versions
                ? new Setting<string>(ReadConstraint(fields, "requires-vpkg", versions, VersionScheme.Semver), table.Find("requires-vpkg")!.KeySpan)
                : null,
            Shell = fields.Text("shell") is { } shell ? new Setting<string>(shell, table.Find("shell")!.KeySpan) : null,
            MinAge = ReadTime(fields, "min-age", ReadAge(fields)),
            AsOf = ReadTime(fields, "as-of", ReadMoment(fields)),
            Inherit = ReadInherit(fields),
            WithoutScripts = ReadWithoutScripts(fields),
            Certificates = fields.Texts("certificates") ?? [],
            HostCertificates = fields.Boolean("host-certificates"),
            Etc = ReadFolder(fields, "etc"),
            State = ReadFolder(fields, "state"),
            Activate = fields.Texts("activate") ?? [],
            ActivateFish = fields.Texts("activate-fish") ?? [],
        };
    }

    /// <summary>The constraint of a key in its normal spelling.</summary>
    internal static string ReadConstraint(TomlFields fields, string key, string text, VersionScheme scheme)
    {
        var place = fields.Table[key]!.Span;
        if (string.IsNullOrWhiteSpace(text))
        {
            throw fields.Wrong(place, $"The constraint of '{key}' is empty.", "Write \"*\" for any version.");
        }

        _ = ConstraintParser.Parse(scheme, text, place with { Column = place.Column + 1 });
        return ConstraintParser.Normalise(text);
    }

    private static Setting<bool>? At(TomlFields fields, string key, bool? value) =>
        value is { } known ? new Setting<bool>(known, fields.Table.Find(key)!.KeySpan) : null;

    /// <summary>The value of <c>scripts</c>, of the profile or of a package.</summary>
    internal static Setting<ScriptPolicy>? ReadScripts(TomlFields fields)
    {
        if (fields.Text("scripts") is not { } text)
        {
            return null;
        }

        var policy = text switch
        {
            "native" => ScriptPolicy.Native,
            "run" => ScriptPolicy.Run,
            "none" => ScriptPolicy.None,
            _ => throw OneOf(fields, "scripts", text, ProfileKeys.Scripts),
        };
        return new Setting<ScriptPolicy>(policy, fields.Table.Find("scripts")!.KeySpan);
    }

    internal static InvalidInputException OneOf(TomlFields fields, string key, string text, IReadOnlyList<string> allowed) =>
        fields.Wrong(fields.Table[key]!.Span, $"Key '{key}' must be one of {string.Join(", ", allowed)}, not '{text}'.",
            $"Write '{DidYouMean.Nearest(text, allowed) ?? allowed[0]}'.");

    private static Setting<string>? ReadTime(TomlFields fields, string key, string? text) =>
        text is not null ? new Setting<string>(text, fields.Table.Find(key)!.KeySpan) : null;

    /// <summary>The value of <c>min-age</c>, as written.</summary>
    internal static string? ReadAge(TomlFields fields) => fields.Text("min-age") is not { } text || AgeText.TryRead(text, out _)
        ? fields.Text("min-age")
        : throw fields.Wrong(fields.Table["min-age"]!.Span, $"'{text}' is no age.", "Write a number and h, d or w, such as \"7d\".");

    private static string? ReadMoment(TomlFields fields) => fields.Text("as-of") is not { } text || MomentText.TryRead(text, out _)
        ? fields.Text("as-of")
        : throw fields.Wrong(fields.Table["as-of"]!.Span, $"'{text}' is no time.", "Write a date such as \"2026-05-01\", or a time such as \"2026-05-01T12:00:00Z\".");

    private static string? ReadFolder(TomlFields fields, string key) => fields.Text(key) is { } folder
        ? folder.Length > 0 ? folder : throw fields.Wrong(fields.Table[key]!.Span, $"The folder '{key}' is empty.", "Write a folder, relative to this file.")
        : null;

    private static string[] ReadInherit(TomlFields fields)
    {
        var names = fields.Texts("inherit") ?? [];
        foreach (var name in names)
        {
            if (!ProfileSectionReader.IsVariableName(name))
            {
                throw fields.Wrong(fields.Table["inherit"]!.Span, $"'{name}' is no name of a variable.", "Write letters, digits and '_', not beginning with a digit.");
            }
        }

        return names;
    }

    private static string[] ReadWithoutScripts(TomlFields fields)
    {
        var names = fields.Texts("without-scripts") ?? [];
        foreach (var name in names.Where(name => !PackageName.IsValid(name)))
        {
            throw fields.Wrong(fields.Table["without-scripts"]!.Span, $"'{name}' is no name of a package.", "Name packages as 'vpkg list' does.");
        }

        return names;
    }

    private static List<ProfileInclude> ReadIncludes(TomlFields top)
    {
        var includes = new List<ProfileInclude>();
        var paths = top.Texts("include") ?? [];
        for (var i = 0; i < paths.Length; i++)
        {
            var place = ((TomlArray)top.Table["include"]!).Items[i].Span;
            if (paths[i].Length == 0)
            {
                throw top.Wrong(place, "An include is empty.", "Write the path of a profile, relative to this file.");
            }

            includes.Add(new ProfileInclude(paths[i], place));
        }

        return includes;
    }

    private static Dictionary<string, ProfileSection> ReadSections(TomlFields top, string key, Action<TomlFields, TomlEntry> check)
    {
        var sections = new Dictionary<string, ProfileSection>(StringComparer.Ordinal);
        if (top.SubTable(key) is not { } table)
        {
            return sections;
        }

        foreach (var entry in table.Entries)
        {
            var name = $"[{key}.{TomlLiteral.Key(entry.Key)}]";
            check(top, entry);
            var fields = Fields(entry.Value as TomlTable ?? throw top.WrongType(entry.Value, entry.Key, "a table"), name);
            fields.RefuseAllBut(ProfileKeys.Section);
            sections.Add(entry.Key, ProfileSectionReader.Read(fields, $"{key}.{TomlLiteral.Key(entry.Key)}."));
        }

        return sections;
    }

    private static void RefuseUnknownPlatform(TomlFields top, TomlEntry entry)
    {
        if (!ProfileKeys.Platforms.Contains(entry.Key))
        {
            throw top.Wrong(entry.KeySpan, $"Platform '{entry.Key}' is not known.",
                $"Write '{DidYouMean.Nearest(entry.Key, ProfileKeys.Platforms) ?? ProfileKeys.Platforms[0]}'.");
        }
    }

    private static void RefuseBadEnvironment(TomlFields top, TomlEntry entry)
    {
        if (entry.Key == ProfileEvaluator.DefaultEnvironment)
        {
            throw top.Wrong(entry.KeySpan, "The default environment is the file itself and has no table of its own.",
                "Write its keys in [packages], [env] and [files].");
        }

        if (!PackageName.IsValid(entry.Key))
        {
            throw top.Wrong(entry.KeySpan, $"'{entry.Key}' is no name of an environment.", "Write lower case letters, digits and + - . _, beginning with a letter or digit.");
        }
    }
}
