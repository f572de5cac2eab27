using Veridian.Core.Hashing;
using Veridian.Core.Packages;
using Veridian.Core.Paths;
using Veridian.Formats.Toml;

namespace Veridian.Formats.Lockfile;

/// <summary>Reads the packages of one selection (L-5, L-6).</summary>
internal static class LockedPackageReader
{
    private static readonly string[] Keys =
    [
        "name", "version", "arch", "repository", "suite", "url", "size", "sha256", "installed-size", "depends",
        "requested", "essential", "description", "store", "tree",
    ];

    public static List<LockedPackage> Read(TomlFields selection)
    {
        var items = selection.SubTables("package");
        if (items.Count > LockFileReader.MaxPackages)
        {
            throw LockFileReader.Wrong(selection.Table["package"]!.Span, $"A selection has at most {LockFileReader.MaxPackages} packages.");
        }

        var packages = new List<LockedPackage>(items.Count);
        var names = new HashSet<string>(items.Count, StringComparer.Ordinal);
        foreach (var item in items)
        {
            var package = ReadPackage(LockFileReader.Fields((TomlTable)item, "a package"));
            packages.Add(names.Add(package.Name)
                ? package
                : throw LockFileReader.Wrong(item.Span, $"Package '{package.Name}' is listed twice."));
        }

        for (var i = 0; i < packages.Count; i++)
        {
            foreach (var needed in packages[i].Depends)
            {
                if (!names.Contains(needed))
                {
                    throw LockFileReader.Wrong(items[i].Span, $"Package '{packages[i].Name}' needs '{needed}', which the lock does not list.");
                }
            }
        }

        return packages;
    }

    private static LockedPackage ReadPackage(TomlFields fields)
    {
        fields.RefuseAllBut(Keys);
        return new LockedPackage
        {
            Name = Name(fields, "name"),
            Version = Word(fields, "version"),
            Architecture = Word(fields, "arch"),
            Repository = Name(fields, "repository"),
            Suite = fields.RequiredText("suite"),
            Url = Url(fields),
            Size = fields.Integer("size", 0, long.MaxValue) ?? throw fields.Missing("size"),
            Sha256 = LockFileReader.Digest(fields, "sha256"),
            InstalledSize = fields.Integer("installed-size", 0, long.MaxValue) ?? 0,
            Description = fields.Text("description") ?? "",
            Depends = fields.Texts("depends") ?? [],
            Requested = fields.Boolean("requested") ?? false,
            Essential = fields.Boolean("essential") ?? false,
            Store = Store(fields),
            Tree = fields.Text("tree") is not null && Blake3Digest.TryParse(LockFileReader.Hex(fields, "tree"), out var tree) ? tree : null,
        };
    }

    private static string Name(TomlFields fields, string key)
    {
        var name = fields.RequiredText(key);
        return PackageName.IsValid(name) ? name : throw LockFileReader.Wrong(fields.Table[key]!.Span, $"'{name}' is no valid {key}.");
    }

    private static string Word(TomlFields fields, string key)
    {
        var word = fields.RequiredText(key);
        return word.Length is > 0 and <= 256 && !word.Contains(' ', StringComparison.Ordinal) && !word.Contains('/', StringComparison.Ordinal)
            ? word
            : throw LockFileReader.Wrong(fields.Table[key]!.Span, $"'{word}' is no valid {key}.");
    }

    // A lock may come from a stranger: its paths must not leave the repository's own folder.
    private static string Url(TomlFields fields)
    {
        var url = fields.RequiredText("url");
        var scheme = url.IndexOf("://", StringComparison.Ordinal);
        var valid = RelativePath.TryParse(scheme > 0 ? url.AsSpan(scheme + 3) : url, out _)
            && !url.Contains(' ', StringComparison.Ordinal) && !url.Contains('\\', StringComparison.Ordinal)
            && (scheme < 0 || url.StartsWith("https://", StringComparison.Ordinal) || url.StartsWith("http://", StringComparison.Ordinal));
        return valid ? url : throw LockFileReader.Wrong(fields.Table["url"]!.Span, $"'{url}' is neither a path below the repository nor a web address.");
    }

    private static StorePath? Store(TomlFields fields)
    {
        if (fields.Text("store") is not { } text)
        {
            return null;
        }

        return StorePath.TryParse(text, out var path) ? path : throw LockFileReader.Wrong(fields.Table["store"]!.Span, $"'{text}' is no store path.");
    }
}
