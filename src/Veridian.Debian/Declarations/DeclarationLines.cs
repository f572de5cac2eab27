using System.Text;

namespace Veridian.Debian.Declarations;

/// <summary>The lines of files in which packages declare what they need, <c>tmpfiles.d</c> and <c>sysusers.d</c>.</summary>
/// <remarks>Source: <c>spec/debian-bridge.md</c> DB-26.</remarks>
internal static class DeclarationLines
{
    private const int MostLines = 10_000;

    /// <summary>The words of each line that is neither empty nor a comment; there is at least one.</summary>
    public static IEnumerable<IReadOnlyList<string>> Read(ReadOnlySpan<byte> file) => Encoding.UTF8.GetString(file).Split('\n').Take(MostLines)
        .Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#').Select(Words).Where(words => words.Count > 0 && words[0].Length > 0);

    private static List<string> Words(string line)
    {
        var (words, word, quote, open) = (new List<string>(), new StringBuilder(), '\0', false);
        foreach (var c in line)
        {
            if (quote == '\0' ? c is '"' or '\'' : c == quote)
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
