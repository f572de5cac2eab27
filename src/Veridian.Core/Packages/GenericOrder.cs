namespace Veridian.Core.Packages;

/// <summary>The order of versions that follow no rule: runs of digits and runs of letters, whatever stands between them.</summary>
/// <remarks>Source: <c>spec/versions.md</c> V-3.3. Letters are compared without regard to case. Total over any text.</remarks>
public static class GenericOrder
{
    private enum Rank
    {
        BelowAll,
        Tilde,
        PreRelease,
        End,
        Word,
        Number,
    }

    /// <summary>Negative, zero or positive.</summary>
    public static int Compare(ReadOnlySpan<char> left, ReadOnlySpan<char> right) => Compare(left, false, right, false);

    /// <summary>As the public one; a text that is said to be below all its extensions ends in something older than anything.</summary>
    internal static int Compare(ReadOnlySpan<char> left, bool leftBelow, ReadOnlySpan<char> right, bool rightBelow)
    {
        while (true)
        {
            var (a, b) = (Next(ref left, leftBelow, out var leftRun), Next(ref right, rightBelow, out var rightRun));
            if (a != b)
            {
                return a - b;
            }

            if (a is Rank.End or Rank.BelowAll)
            {
                return 0;
            }

            var difference = a == Rank.Number ? Digits.Compare(leftRun, rightRun) : leftRun.CompareTo(rightRun, StringComparison.OrdinalIgnoreCase);
            if (difference != 0)
            {
                return difference;
            }
        }
    }

    private static Rank Next(ref ReadOnlySpan<char> text, bool below, out ReadOnlySpan<char> run)
    {
        var start = 0;
        while (start < text.Length && !char.IsAsciiLetterOrDigit(text[start]) && text[start] != '~')
        {
            start++;
        }

        text = text[start..];
        if (text.IsEmpty)
        {
            run = [];
            return below ? Rank.BelowAll : Rank.End;
        }

        if (char.IsAsciiDigit(text[0]))
        {
            run = Digits.Take(ref text);
            return Rank.Number;
        }

        var length = 1;
        while (text[0] != '~' && length < text.Length && char.IsAsciiLetter(text[length]))
        {
            length++;
        }

        run = text[..length];
        text = text[length..];
        return run[0] == '~' ? Rank.Tilde : IsPreRelease(run) ? Rank.PreRelease : Rank.Word;
    }

    private static bool IsPreRelease(ReadOnlySpan<char> word)
    {
        foreach (var known in (ReadOnlySpan<string>)["alpha", "beta", "dev", "pre", "preview", "rc"])
        {
            if (word.Equals(known, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
