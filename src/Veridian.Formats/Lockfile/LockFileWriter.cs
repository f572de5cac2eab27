using System.Globalization;
using System.Text;
using Veridian.Formats.Profile;
using Veridian.Formats.Toml;

namespace Veridian.Formats.Lockfile;

/// <summary>Writes the canonical text of a lock file.</summary>
/// <remarks>Source: <c>spec/lockfile.md</c> L-9 to L-12. One package is one line, so that version control shows what changed and merges what does not meet.</remarks>
public static class LockFileWriter
{
    /// <summary>The longest description in characters; longer ones are cut (L-12).</summary>
    public const int MaxDescription = 160;

    /// <summary>UTF-8 with LF; equal locks give equal bytes, in whatever order their lists are.</summary>
    public static byte[] Write(LockFile lockFile)
    {
        var text = new StringBuilder("# vpkg.lock - written by vpkg; do not edit, commit it.\n");
        text.Append("format = ").Append(LockFile.Format).Append('\n');
        var selections = lockFile.Selections
            .OrderBy(selection => selection.Environment != ProfileEvaluator.DefaultEnvironment)
            .ThenBy(selection => selection.Environment, StringComparer.Ordinal)
            .ThenBy(selection => selection.Platform, StringComparer.Ordinal);
        foreach (var selection in selections)
        {
            Append(text, selection);
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static void Append(StringBuilder text, LockedSelection selection)
    {
        var environment = selection.Environment == ProfileEvaluator.DefaultEnvironment ? "" : $"environment.{TomlLiteral.Key(selection.Environment)}.";
        text.Append('\n').Append('[').Append(environment).Append("platform.").Append(TomlLiteral.Key(selection.Platform)).Append("]\n");
        AppendLine(text, "inputs", selection.Inputs);
        AppendLine(text, "objective", selection.Objective);
        if (selection.Proof.Length > 0)
        {
            AppendLine(text, "proof", selection.Proof);
        }

        if (selection.Scripts.Length > 0)
        {
            AppendLine(text, "scripts", selection.Scripts);
        }

        AppendList(text, "snapshot", selection.Snapshots
            .OrderBy(snapshot => snapshot.Repository, StringComparer.Ordinal)
            .ThenBy(snapshot => snapshot.Suite, StringComparer.Ordinal)
            .ThenBy(snapshot => snapshot.Component, StringComparer.Ordinal), Append);
        AppendList(text, "package", selection.Packages.OrderBy(package => package.Name, StringComparer.Ordinal), Append);
    }

    private static void AppendList<T>(StringBuilder text, string key, IEnumerable<T> items, Action<StringBuilder, T> append)
    {
        text.Append(key).Append(" = [\n");
        foreach (var item in items)
        {
            text.Append("  { ");
            append(text, item);
            text.Length -= 2;
            text.Append(" },\n");
        }

        text.Append("]\n");
    }

    private static void Append(StringBuilder text, LockedSnapshot snapshot)
    {
        AppendText(text, "repository", snapshot.Repository);
        AppendText(text, "url", snapshot.Url);
        AppendText(text, "suite", snapshot.Suite);
        AppendText(text, "component", snapshot.Component);
        AppendText(text, "date", snapshot.Date);
        AppendText(text, "release", snapshot.Release.ToString());
        AppendTexts(text, "signers", snapshot.Signers);
    }

    private static void Append(StringBuilder text, LockedPackage package)
    {
        AppendText(text, "name", package.Name);
        AppendText(text, "version", package.Version);
        AppendText(text, "arch", package.Architecture);
        AppendText(text, "repository", package.Repository);
        AppendText(text, "suite", package.Suite);
        AppendText(text, "url", package.Url);
        AppendNumber(text, "size", package.Size);
        AppendText(text, "sha256", package.Sha256.ToString());
        if (package.InstalledSize != 0)
        {
            AppendNumber(text, "installed-size", package.InstalledSize);
        }

        AppendTexts(text, "depends", package.Depends);
        AppendFlag(text, "requested", package.Requested);
        AppendFlag(text, "essential", package.Essential);
        AppendText(text, "description", OneLine(package.Description));
        AppendText(text, "store", package.Store?.Text ?? "");
        AppendText(text, "tree", package.Tree?.ToString() ?? "");
    }

    private static void AppendLine(StringBuilder text, string key, string value)
    {
        text.Append(key).Append(" = ");
        TomlLiteral.AppendString(text, value);
        text.Append('\n');
    }

    private static void AppendText(StringBuilder text, string key, string value)
    {
        if (value.Length > 0)
        {
            text.Append(key).Append(" = ");
            TomlLiteral.AppendString(text, value);
            text.Append(", ");
        }
    }

    private static void AppendNumber(StringBuilder text, string key, long value) =>
        text.Append(key).Append(" = ").Append(value.ToString(CultureInfo.InvariantCulture)).Append(", ");

    private static void AppendFlag(StringBuilder text, string key, bool value) => text.Append(value ? $"{key} = true, " : "");

    /// <summary>Sorted, each once: no reader depends on the order.</summary>
    private static void AppendTexts(StringBuilder text, string key, IReadOnlyList<string> values)
    {
        if (values.Count > 0)
        {
            text.Append(key).Append(" = [");
            foreach (var value in values.Distinct().Order(StringComparer.Ordinal))
            {
                TomlLiteral.AppendString(text, value);
                text.Append(", ");
            }

            text.Length -= 2;
            text.Append("], ");
        }
    }

    /// <summary>Descriptions come from repositories: control characters become blanks, and half a surrogate pair is not left behind.</summary>
    private static string OneLine(string description)
    {
        var cut = description.Length > MaxDescription ? description[..MaxDescription] : description;
        cut = cut.Length > 0 && char.IsHighSurrogate(cut[^1]) ? cut[..^1] : cut;
        return string.Create(cut.Length, cut, static (line, text) =>
        {
            for (var i = 0; i < line.Length; i++)
            {
                line[i] = char.IsControl(text[i]) ? ' ' : text[i];
            }
        }).Trim();
    }
}
