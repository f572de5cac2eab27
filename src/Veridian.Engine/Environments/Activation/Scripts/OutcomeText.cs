using System.Globalization;
using System.Text;
using Veridian.Core.Hashing;
using Veridian.Core.Paths;
using Veridian.Engine.Environments.Planning;
using Veridian.Store.Trees;

namespace Veridian.Engine.Environments.Activation.Scripts;

/// <summary>An outcome as text: one line for each thing, fields separated by tabs, closed by the digest of all lines but the logs.</summary>
/// <remarks>Source: <c>spec/activation.md</c> A-14.</remarks>
internal static class OutcomeText
{
    private const string Format = "veridian-outcome 2";

    /// <summary>The lines that count for the digest.</summary>
    public static string Body(JobOutcome outcome)
    {
        var text = new StringBuilder(Format).Append('\n');
        foreach (var (entry, _) in outcome.Changes.Entries)
        {
            Line(text, "entry", Number((int)entry.Kind), entry.Path.Text, entry.IsFile ? entry.Content.ToString() : "-", Number(entry.Size), entry.Target);
        }

        outcome.Changes.Removed.ToList().ForEach(path => Line(text, "removed", path));
        outcome.Changes.Hidden.ToList().ForEach(path => Line(text, "hidden", path));
        foreach (var user in outcome.Accounts.Users.Values.OrderBy(user => user.Name, StringComparer.Ordinal))
        {
            Line(text, "user", user.Name, user.Group, user.FullName, user.Home, user.Shell);
        }

        foreach (var (name, members) in outcome.Accounts.Groups.OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            Line(text, "group", name, string.Join(',', members));
        }

        outcome.Diversions.ToList().ForEach(diversion => Line(text, "diverted", diversion.Package, diversion.Path, diversion.NewPath));
        outcome.Shells.ToList().ForEach(shell => Line(text, "shell", shell));
        outcome.Triggers.ToList().ForEach(name => Line(text, "trigger", name));
        return text.Append(ScriptOffers.Write(outcome.Offers)).ToString();
    }

    /// <summary>The whole text.</summary>
    public static string Write(JobOutcome outcome)
    {
        var text = new StringBuilder(Body(outcome));
        Line(text, "digest", outcome.Digest.ToString());
        foreach (var script in outcome.Ran)
        {
            Line(text, "ran", script.Package, script.Name, script.Digest.ToString(), script.Job.ToString(), Convert.ToBase64String(Encoding.UTF8.GetBytes(script.Log)));
        }

        return text.ToString();
    }

    /// <summary>Reads the text; null if it is damaged.</summary>
    /// <param name="text">The text.</param>
    /// <param name="folder">Where what was written lies.</param>
    public static JobOutcome? Read(string text, string folder)
    {
        var end = text.IndexOf("\ndigest\t", StringComparison.Ordinal) + 1;
        if (end == 0 || !text.StartsWith(Format + "\n", StringComparison.Ordinal))
        {
            return null;
        }

        var (entries, removed, hidden) = (new List<LayerEntry>(), new List<string>(), new List<string>());
        var (users, groups) = (new Dictionary<string, SystemUser>(StringComparer.Ordinal), new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal));
        var (diversions, shells, triggers, ran) = (new List<Diversion>(), new List<string>(), new List<string>(), new List<RanScript>());
        Blake3Digest? digest = null;
        foreach (var fields in text.Split('\n').Select(line => Array.ConvertAll(line.Split('\t'), Unescape)))
        {
            switch (fields)
            {
                case ["entry", var kind, var path, var content, var size, var target]:
                    entries.Add(Entry(kind, RelativePath.Of(path), content, size, target, folder));
                    break;
                case ["removed", var path]:
                    removed.Add(path);
                    break;
                case ["hidden", var path]:
                    hidden.Add(path);
                    break;
                case ["user", var name, var group, var full, var home, var shell]:
                    users[name] = new SystemUser(name, group, full, home, shell);
                    break;
                case ["group", var name, var members]:
                    groups[name] = members.Split(',', StringSplitOptions.RemoveEmptyEntries);
                    break;
                case ["diverted", var package, var path, var newPath]:
                    diversions.Add(new Diversion(package, path, newPath));
                    break;
                case ["shell", var shell]:
                    shells.Add(shell);
                    break;
                case ["trigger", var name]:
                    triggers.Add(name);
                    break;
                case ["digest", var hex]:
                    digest = Blake3Digest.TryParse(hex, out var parsed) ? parsed : null;
                    break;
                case ["ran", var package, var name, var hex, var job, var log] when Blake3Digest.TryParse(hex, out var script) && Blake3Digest.TryParse(job, out var key):
                    ran.Add(new RanScript(package, name, script, key, Encoding.UTF8.GetString(Convert.FromBase64String(log))));
                    break;
            }
        }

        return digest is { } own && own == Blake3.Hash(Encoding.UTF8.GetBytes(text[..end]))
            ? new JobOutcome
            {
                Digest = own,
                Folder = folder,
                Changes = new LayerChanges(entries, removed, hidden),
                Offers = ScriptOffers.Read(text[..end]),
                Diversions = diversions,
                Shells = shells,
                Accounts = new AccountList(users, groups),
                Triggers = triggers,
                Ran = ran,
            }
            : null;
    }

    private static LayerEntry Entry(string kind, RelativePath path, string content, string size, string target, string folder)
    {
        var number = (TreeEntryKind)int.Parse(kind, CultureInfo.InvariantCulture);
        return number switch
        {
            TreeEntryKind.Directory => new LayerEntry(TreeEntry.Directory(path), ""),
            TreeEntryKind.SymbolicLink => new LayerEntry(TreeEntry.SymbolicLink(path, target), ""),
            _ => new LayerEntry(
                TreeEntry.File(path, number == TreeEntryKind.ExecutableFile, Blake3Digest.TryParse(content, out var digest) ? digest : default, long.Parse(size, CultureInfo.InvariantCulture)),
                $"{folder}/{path}"),
        };
    }

    private static void Line(StringBuilder text, params IEnumerable<string> fields) => text.AppendJoin('\t', fields.Select(Escape)).Append('\n');

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Escape(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\t", "\\t", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private static string Unescape(string text) => text.Contains('\\', StringComparison.Ordinal)
        ? text.Replace("\\\\", "\0", StringComparison.Ordinal).Replace("\\t", "\t", StringComparison.Ordinal).Replace("\\n", "\n", StringComparison.Ordinal).Replace('\0', '\\')
        : text;
}
