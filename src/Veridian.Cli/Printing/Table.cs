using System.Text;

namespace Veridian.Cli.Printing;

/// <summary>Left-aligned columns, two spaces apart; the last column is not padded.</summary>
internal static class Table
{
    /// <summary>The lines of the table; nothing for no rows.</summary>
    public static IEnumerable<string> Lines(IReadOnlyList<string[]> rows)
    {
        rows = [.. rows.Select(row => Array.ConvertAll(row, OneLine))];
        if (rows.Count == 0)
        {
            yield break;
        }

        var widths = new int[rows.Max(row => row.Length)];
        foreach (var row in rows)
        {
            for (var i = 0; i < row.Length; i++)
            {
                widths[i] = Math.Max(widths[i], row[i].Length);
            }
        }

        foreach (var row in rows)
        {
            var line = new StringBuilder();
            for (var i = 0; i < row.Length; i++)
            {
                line.Append(i == row.Length - 1 ? row[i] : row[i].PadRight(widths[i] + 2));
            }

            yield return line.ToString().TrimEnd();
        }
    }

    // A path may hold what would break the table, or tell the terminal something.
    private static string OneLine(string cell) =>
        cell.Any(char.IsControl) ? string.Concat(cell.Select(c => char.IsControl(c) ? $"\\x{(int)c:x2}" : c.ToString())) : cell;
}
