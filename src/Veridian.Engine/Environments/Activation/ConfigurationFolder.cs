using System.Text;
using Veridian.Engine.Environments.Planning;

namespace Veridian.Engine.Environments.Activation;

/// <summary>Lines of the files that packages put into <c>usr/lib/NAME.d</c> and <c>etc/NAME.d</c>, as systemd's tools read them.</summary>
/// <remarks>Source: <c>spec/activation.md</c> A-33, A-34. A file of <c>etc</c> counts instead of one of the same name; files are read in the order of their names.</remarks>
internal static class ConfigurationFolder
{
    private const int FileLimit = 1 << 20;
    private const string Ending = ".conf";

    /// <summary>The words of each line that is neither empty nor a comment; quotes join words.</summary>
    /// <param name="name">The folder's name, without the <c>.d</c>.</param>
    /// <param name="root">The merged tree.</param>
    /// <param name="read">Reads a file of it, up to a limit; null if it is not there.</param>
    public static IEnumerable<IReadOnlyList<string>> Lines(string name, PlannedDirectory root, Func<string, int, byte[]?> read) =>
        Files(name, root).SelectMany(path => Encoding.UTF8.GetString(read(path, FileLimit) ?? []).Split('\n'))
            .Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#').Select(Words);

    private static IEnumerable<string> Files(string name, PlannedDirectory root)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var folder in (string[])[$"usr/lib/{name}.d", $"etc/{name}.d"])
        {
            foreach (var file in root.Find(folder)?.Files.Keys.Where(file => file.EndsWith(Ending, StringComparison.Ordinal)) ?? [])
            {
                files[file] = $"{folder}/{file}";
            }
        }

        return files.Values;
    }

    private static List<string> Words(string line)
    {
        var (words, word, quote, open) = (new List<string>(), new StringBuilder(), '\0', false);
        foreach (var c in line)
        {
            if (quote != '\0' ? c == quote : c is '"' or '\'')
            {
                (quote, open) = (quote == '\0' ? c : '\0', true);
            }
            else if (quote == '\0' && c is ' ' or '\t')
            {
                End();
            }
            else
            {
                word.Append(c);
                open = true;
            }
        }

        End();
        return words;

        void End()
        {
            if (open)
            {
                words.Add(word.ToString());
                word.Clear();
                open = false;
            }
        }
    }
}
