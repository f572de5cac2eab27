using System.Globalization;
using Veridian.Core.Errors;
using Veridian.Core.Hashing;
using Veridian.Core.Packages;
using Veridian.Formats.Profile;
using Veridian.Formats.Toml;

namespace Veridian.Formats.Lockfile;

/// <summary>Reads lock files.</summary>
/// <remarks>Source: <c>spec/lockfile.md</c> L-1 to L-8. The order of tables, lines and keys is free when reading.</remarks>
public static class LockFileReader
{
    /// <summary>The longest lock file in bytes (L-1).</summary>
    public const int MaxBytes = TomlDocument.MaxBytes;

    /// <summary>The most packages in one selection (L-1).</summary>
    public const int MaxPackages = 50_000;

    private const string Repair = "Restore the file from version control, or delete it and run 'vpkg lock'.";
    private static readonly string[] TopKeys = ["format", "platform", "environment"];
    private static readonly string[] EnvironmentKeys = ["platform"];
    private static readonly string[] SelectionKeys = ["inputs", "objective", "proof", "scripts", "snapshot", "package"];
    private static readonly string[] SnapshotKeys = ["repository", "url", "suite", "component", "date", "release", "signers"];

    /// <summary>Reads a whole lock file.</summary>
    /// <exception cref="InvalidInputException">
    /// <see cref="ErrorCodes.LockConflictMarkers"/> where a merge was left unfinished, else <see cref="ErrorCodes.LockSyntax"/>, with the place.
    /// </exception>
    public static LockFile Read(ReadOnlySpan<byte> utf8, string fileName)
    {
        ConflictMarkers.RefuseIn(utf8, fileName);
        var top = Fields(Parse(utf8, fileName), "the lock file");
        var format = top.Integer("format", 1, int.MaxValue) ?? throw top.Missing("format");
        if (format != LockFile.Format)
        {
            throw Wrong(top.Table["format"]!.Span, $"Lock format {format} is not known; this program reads format {LockFile.Format}.", "Use a newer vpkg.");
        }

        top.RefuseAllBut(TopKeys);
        var selections = new List<LockedSelection>();
        ReadPlatforms(top, ProfileEvaluator.DefaultEnvironment, selections);
        foreach (var entry in top.SubTable("environment")?.Entries ?? [])
        {
            if (!PackageName.IsValid(entry.Key) || entry.Key == ProfileEvaluator.DefaultEnvironment)
            {
                throw Wrong(entry.KeySpan, $"'{entry.Key}' is no name of an environment.", Repair);
            }

            var environment = Fields(entry.Value as TomlTable ?? throw top.WrongType(entry.Value, entry.Key, "a table"), $"environment '{entry.Key}'");
            environment.RefuseAllBut(EnvironmentKeys);
            ReadPlatforms(environment, entry.Key, selections);
        }

        return new LockFile { Selections = selections };
    }

    internal static TomlFields Fields(TomlTable table, string name) => new(table, name, ErrorCodes.LockSyntax, ErrorCodes.LockSyntax);

    internal static InvalidInputException Wrong(SourceSpan place, string message, string hint = Repair) =>
        new(ErrorCodes.LockSyntax, message, hint, place);

    private static TomlTable Parse(ReadOnlySpan<byte> utf8, string fileName)
    {
        try
        {
            return TomlDocument.Parse(utf8, fileName);
        }
        catch (InvalidInputException exception) when (exception.Code == ErrorCodes.TomlSyntax)
        {
            throw new InvalidInputException(ErrorCodes.LockSyntax, exception.Message, Repair, exception.Place, exception);
        }
    }

    private static void ReadPlatforms(TomlFields parent, string environment, List<LockedSelection> selections)
    {
        foreach (var entry in parent.SubTable("platform")?.Entries ?? [])
        {
            if (!PackageName.IsValid(entry.Key))
            {
                throw Wrong(entry.KeySpan, $"'{entry.Key}' is no name of a platform.");
            }

            var fields = Fields(entry.Value as TomlTable ?? throw parent.WrongType(entry.Value, entry.Key, "a table"), $"platform '{entry.Key}'");
            fields.RefuseAllBut(SelectionKeys);
            selections.Add(new LockedSelection
            {
                Environment = environment,
                Platform = entry.Key,
                Inputs = Hex(fields, "inputs"),
                Objective = fields.RequiredText("objective"),
                Proof = fields.Text("proof") ?? "",
                Scripts = Scripts(fields),
                Snapshots = ReadSnapshots(fields),
                Packages = LockedPackageReader.Read(fields),
            });
        }
    }

    private static string Scripts(TomlFields fields)
    {
        var scripts = fields.Text("scripts") ?? "";
        return scripts.Length == 0 || ProfileKeys.Scripts.Contains(scripts)
            ? scripts
            : throw Wrong(fields.Table["scripts"]!.Span, $"'{scripts}' is no way to treat maintainer scripts.");
    }

    private static List<LockedSnapshot> ReadSnapshots(TomlFields selection)
    {
        var items = selection.SubTables("snapshot");
        var snapshots = new List<LockedSnapshot>(items.Count);
        var seen = new HashSet<(string, string, string)>();
        foreach (var item in items)
        {
            var fields = Fields((TomlTable)item, "a snapshot");
            fields.RefuseAllBut(SnapshotKeys);
            var snapshot = ReadSnapshot(fields);
            snapshots.Add(seen.Add((snapshot.Repository, snapshot.Suite, snapshot.Component))
                ? snapshot
                : throw Wrong(item.Span, $"Snapshot '{snapshot.Repository} {snapshot.Suite} {snapshot.Component}' is listed twice."));
        }

        return snapshots;
    }

    private static LockedSnapshot ReadSnapshot(TomlFields fields)
    {
        var date = fields.RequiredText("date");
        if (!DateTime.TryParseExact(date, "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
        {
            throw Wrong(fields.Table["date"]!.Span, $"'{date}' is no date of the form 2026-01-31T10:00:00Z.");
        }

        return new LockedSnapshot
        {
            Repository = fields.RequiredText("repository"),
            Url = fields.Text("url") ?? "",
            Suite = fields.RequiredText("suite"),
            Component = fields.RequiredText("component"),
            Date = date,
            Release = Digest(fields, "release"),
            Signers = fields.Texts("signers") ?? [],
        };
    }

    internal static Sha256Digest Digest(TomlFields fields, string key) => Sha256Digest.TryParse(Hex(fields, key), out var digest)
        ? digest
        : throw new System.Diagnostics.UnreachableException();

    /// <summary>Sixty-four digits in their only spelling.</summary>
    internal static string Hex(TomlFields fields, string key)
    {
        var text = fields.RequiredText(key);
        var valid = text.Length == 64;
        foreach (var c in text)
        {
            valid &= char.IsAsciiHexDigitLower(c);
        }

        return valid ? text : throw Wrong(fields.Table[key]!.Span, $"Key '{key}' must have 64 lower-case hexadecimal digits.");
    }
}
