using Veridian.Core.Errors;
using Veridian.Core.Packages;
using Veridian.Core.Paths;
using Veridian.Core.Text;
using Veridian.Formats.Toml;

namespace Veridian.Formats.Profile;

/// <summary>Reads <c>packages</c>, <c>env</c> and <c>files</c>, at the top or below a target or environment (P-7 to P-9).</summary>
internal static class ProfileSectionReader
{
    /// <param name="parent">The table that holds the three.</param>
    /// <param name="prefix">What stands before their names in messages, with its dot.</param>
    public static ProfileSection Read(TomlFields parent, string prefix) => new()
    {
        Packages = ReadPackages(parent, $"[{prefix}packages]"),
        Variables = ReadVariables(parent, $"[{prefix}env]"),
        Files = ReadFiles(parent, $"[{prefix}files]"),
    };

    public static bool IsVariableName(ReadOnlySpan<char> text)
    {
        var valid = text.Length is > 0 and <= 128 && !char.IsAsciiDigit(text[0]);
        foreach (var c in text)
        {
            valid &= char.IsAsciiLetterOrDigit(c) || c == '_';
        }

        return valid;
    }

    private static List<ProfileRequirement> ReadPackages(TomlFields parent, string name)
    {
        var packages = new List<ProfileRequirement>();
        if (parent.SubTable("packages") is { } table)
        {
            var fields = ProfileReader.Fields(table, name);
            foreach (var entry in table.Entries)
            {
                RefuseBadName(fields, entry.Key, entry.KeySpan);
                packages.Add(entry.Value switch
                {
                    TomlString => new ProfileRequirement
                    {
                        Name = entry.Key,
                        Constraint = ProfileReader.ReadConstraint(fields, entry.Key, fields.RequiredText(entry.Key), VersionScheme.Generic),
                        Span = entry.KeySpan,
                    },
                    TomlTable options => ReadPackage(entry, ProfileReader.Fields(options, $"package '{entry.Key}'")),
                    _ => throw fields.WrongType(entry.Value, entry.Key, "a constraint in quotes or a table"),
                });
            }
        }

        return packages;
    }

    /// <summary>A name with a dot and without quotes is two keys to TOML: the commonest mistake, and hard to see.</summary>
    private static void RefuseCutName(TomlEntry entry)
    {
        if (entry.Value is TomlTable { Origin: TomlTableOrigin.Dotted, Entries: [{ } rest, ..] } && !ProfileKeys.Package.Contains(rest.Key) && DidYouMean.Nearest(rest.Key, ProfileKeys.Package) is null)
        {
            var name = $"{entry.Key}.{rest.Key}";
            throw new InvalidInputException(
                ErrorCodes.ProfileUnknownKey, $"Key '{rest.Key}' is not known in package '{entry.Key}'.", $"If the package is called '{name}', put its name in quotes: \"{name}\".", rest.KeySpan);
        }
    }

    private static ProfileRequirement ReadPackage(TomlEntry entry, TomlFields fields)
    {
        RefuseCutName(entry);
        fields.RefuseAllBut(ProfileKeys.Package);
        var features = fields.Texts("features") ?? [];
        foreach (var feature in features)
        {
            if (!PackageName.IsValid(feature))
            {
                throw fields.Wrong(fields.Table["features"]!.Span, $"'{feature}' is no feature.", "Name features in lower case letters, digits and + - . _.");
            }
        }

        var (hold, reason) = ReadHold(fields);
        return new ProfileRequirement
        {
            Name = entry.Key,
            Constraint = fields.Text("version") is { } version ? ProfileReader.ReadConstraint(fields, "version", version, VersionScheme.Generic) : "*",
            Repository = fields.Text("repository"),
            Recommends = fields.Boolean("recommends"),
            Hold = hold,
            HoldReason = reason,
            Optional = fields.Boolean("optional") ?? false,
            Features = [.. features.Distinct().Order(StringComparer.Ordinal)],
            Scripts = ProfileReader.ReadScripts(fields)?.Value,
            Span = entry.KeySpan,
        };
    }

    private static (bool Hold, string? Reason) ReadHold(TomlFields fields) => fields.Table["hold"] switch
    {
        null => (false, null),
        TomlBoolean hold => (hold.Value, null),
        TomlString => (true, fields.Text("hold")),
        var other => throw fields.WrongType(other, "hold", "true or a reason in quotes"),
    };

    private static List<ProfileVariable> ReadVariables(TomlFields parent, string name)
    {
        var variables = new List<ProfileVariable>();
        if (parent.SubTable("env") is { } table)
        {
            var fields = ProfileReader.Fields(table, name);
            foreach (var entry in table.Entries)
            {
                if (!IsVariableName(entry.Key))
                {
                    throw fields.Wrong(entry.KeySpan, $"'{entry.Key}' is no name of a variable.", "Write letters, digits and '_', not beginning with a digit.");
                }

                var value = entry.Value as TomlString ?? throw fields.WrongType(entry.Value, entry.Key, "text in quotes");
                if (value.Value.Contains('\0', StringComparison.Ordinal))
                {
                    throw fields.Wrong(value.Span, $"Variable '{entry.Key}' holds NUL, which no program can receive.", "Remove the NUL.");
                }

                variables.Add(new ProfileVariable(entry.Key, value.Value, entry.KeySpan));
            }
        }

        return variables;
    }

    private static List<FileRule> ReadFiles(TomlFields parent, string name)
    {
        var rules = new List<FileRule>();
        if (parent.SubTable("files") is not { } table)
        {
            return rules;
        }

        var fields = ProfileReader.Fields(table, name);
        fields.RefuseAllBut(ProfileKeys.Files);
        foreach (var entry in fields.SubTable("priority")?.Entries ?? [])
        {
            RefuseBadName(fields, entry.Key, entry.KeySpan);
            var priority = ProfileReader.Fields(fields.SubTable("priority")!, name).Integer(entry.Key, short.MinValue, short.MaxValue)!.Value;
            rules.Add(new FileRule(FileRuleKind.Priority, entry.Key, "", "", priority, entry.KeySpan));
        }

        foreach (var entry in fields.SubTable("hide")?.Entries ?? [])
        {
            var path = Path(fields, entry.Key, entry.KeySpan);
            foreach (var package in HiddenOf(ProfileReader.Fields(fields.SubTable("hide")!, name), entry))
            {
                RefuseBadName(fields, package, entry.Value.Span);
                rules.Add(new FileRule(FileRuleKind.Hide, package, path, "", 0, entry.KeySpan));
            }
        }

        foreach (var entry in fields.SubTable("rename")?.Entries ?? [])
        {
            rules.Add(ReadRename(fields, ProfileReader.Fields(fields.SubTable("rename")!, name), entry));
        }

        return rules;
    }

    private static string[] HiddenOf(TomlFields hide, TomlEntry entry) =>
        entry.Value is TomlString ? [hide.RequiredText(entry.Key)] : [.. hide.Texts(entry.Key)!.Distinct()];

    private static FileRule ReadRename(TomlFields files, TomlFields rename, TomlEntry entry)
    {
        var colon = entry.Key.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
        {
            throw files.Wrong(entry.KeySpan, $"'{entry.Key}' does not say whose file is renamed.", $"Write \"package:{entry.Key}\".");
        }

        RefuseBadName(files, entry.Key[..colon], entry.KeySpan);
        var path = Path(files, entry.Key[(colon + 1)..], entry.KeySpan);
        return new FileRule(FileRuleKind.Rename, entry.Key[..colon], path, Path(files, rename.RequiredText(entry.Key), entry.Value.Span), 0, entry.KeySpan);
    }

    private static string Path(TomlFields fields, string text, SourceSpan place) => RelativePath.TryParse(text, out var path)
        ? path.Text
        : throw fields.Wrong(place, $"'{text}' is no path inside the environment.", "Write it without leading '/' and without '..', as in usr/bin/x.");

    private static void RefuseBadName(TomlFields fields, string name, SourceSpan place)
    {
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        if (colon > 0 && PackageName.IsValid(name.AsSpan(0, colon)))
        {
            throw new InvalidInputException(ErrorCodes.ForeignArchitecture, $"Package '{name}' names an architecture, which a profile cannot choose.",
                $"Write '{name[..colon]}', below [target.PLATFORM.packages] if it is meant for one platform.", place);
        }

        if (!PackageName.IsValid(name))
        {
            throw fields.Wrong(place, $"'{(name.Length > PackageName.MaxLength ? name[..32] + "..." : name)}' is no package name.",
                PackageName.IsValid(name.ToLowerInvariant()) ? $"Write '{name.ToLowerInvariant()}'." : "Write lower case letters, digits and + - . _, beginning with a letter or digit.");
        }
    }
}
