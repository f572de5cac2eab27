using Veridian.Faults.Rows;
using Veridian.Testing;

namespace Veridian.Faults;

/// <summary>The table in <c>docs/faults.md</c>: a row that was run takes the place of what stood there.</summary>
internal static class Report
{
    private const string Begin = "<!-- table: written by './build faults' -->\n";
    private const string End = "<!-- end of table -->\n";
    private static readonly string Document = Checkout.PathOf("docs/faults.md");

    /// <summary>Writes down what was run.</summary>
    /// <param name="results">Rows and how they went.</param>
    /// <param name="most">The most cases of a row in each scene; 0 where all were run.</param>
    public static void Write(IReadOnlyList<(Row Row, Tally Tally)> results, int most)
    {
        if (!File.Exists(Document))
        {
            return;
        }

        var text = File.ReadAllText(Document);
        var (from, to) = (text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, text.IndexOf(End, StringComparison.Ordinal));
        var kept = text[from..to].Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal)).ToDictionary(line => line.Split('`')[1], StringComparer.Ordinal);
        foreach (var (row, tally) in results)
        {
            kept[row.Name] = $"| `{row.Name}` | {row.What} | {tally.Text} | {Remark(tally, most)} |";
        }

        var lines = Row.All.Where(row => kept.ContainsKey(row.Name)).Select(row => kept[row.Name]);
        File.WriteAllText(Document, $"{text[..from]}| row | what happens to the program | survived | |\n|---|---|--:|---|\n{string.Join('\n', lines)}\n{text[to..]}");
    }

    private static string Remark(Tally tally, int most) => tally.Skipped ?? (most > 0 ? $"a sample, at most {most} of each: {tally.Note}" : tally.Note);
}
