namespace Veridian.Core.Text;

/// <summary>Finds the words that somebody may have meant.</summary>
/// <remarks>
/// Words are near when few single letters must be added, removed, changed or swapped with their neighbour: one in words up to
/// four letters, two up to eight, three in longer ones.
/// </remarks>
public static class DidYouMean
{
    /// <summary>Longer words are nobody's typing error.</summary>
    private const int MaxLength = 128;

    /// <summary>The candidate nearest to the word, or null when none is near. Never the word itself.</summary>
    public static string? Nearest(string word, IEnumerable<string> candidates) => Nearest(word, candidates, 1) is [var nearest, ..] ? nearest : null;

    /// <summary>At most <paramref name="max"/> candidates, nearest first, equally near ones in ordinal order. Never the word itself.</summary>
    public static IReadOnlyList<string> Nearest(string word, IEnumerable<string> candidates, int max)
    {
        if (word.Length is 0 or > MaxLength)
        {
            return [];
        }

        var limit = word.Length <= 4 ? 1 : word.Length <= 8 ? 2 : 3;
        var near = new List<(int Distance, string Text)>();
        foreach (var candidate in candidates)
        {
            if (Math.Abs(candidate.Length - word.Length) <= limit && Distance(word, candidate, limit) is var distance && distance > 0 && distance <= limit)
            {
                near.Add((distance, candidate));
            }
        }

        return [.. near.OrderBy(found => found.Distance).ThenBy(found => found.Text, StringComparer.Ordinal).Select(found => found.Text).Distinct().Take(max)];
    }

    /// <summary>Optimal string alignment distance, or anything above the limit when it is above.</summary>
    private static int Distance(ReadOnlySpan<char> left, ReadOnlySpan<char> right, int limit)
    {
        var width = right.Length + 1;
        Span<int> rows = stackalloc int[3 * (MaxLength + 8)];
        var before = rows[..width];
        var previous = rows.Slice(width, width);
        var current = rows.Slice(2 * width, width);
        for (var j = 0; j < width; j++)
        {
            previous[j] = j;
        }

        for (var i = 1; i <= left.Length; i++)
        {
            var best = current[0] = i;
            for (var j = 1; j < width; j++)
            {
                var same = left[i - 1] == right[j - 1];
                var cost = Math.Min(previous[j - 1] + (same ? 0 : 1), Math.Min(previous[j], current[j - 1]) + 1);
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                {
                    cost = Math.Min(cost, before[j - 2] + 1);
                }

                current[j] = cost;
                best = Math.Min(best, cost);
            }

            if (best > limit)
            {
                return best;
            }

            var free = before;
            before = previous;
            previous = current;
            current = free;
        }

        return previous[^1];
    }
}
