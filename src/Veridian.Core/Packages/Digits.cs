namespace Veridian.Core.Packages;

/// <summary>Decimal numbers of any length, as they stand in versions.</summary>
internal static class Digits
{
    /// <summary>Splits the leading digits off; they may be none, which counts as zero.</summary>
    public static ReadOnlySpan<char> Take(ref ReadOnlySpan<char> text)
    {
        // Plain loops: digits in versions are few, and the vectorised searches allocate until the runtime has optimised them.
        var length = 0;
        while (length < text.Length && char.IsAsciiDigit(text[length]))
        {
            length++;
        }

        var digits = text[..length];
        text = text[length..];
        return digits;
    }

    public static bool AreAll(ReadOnlySpan<char> text) => !text.IsEmpty && Take(ref text).Length > 0 && text.IsEmpty;

    public static int Compare(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        left = left.TrimStart('0');
        right = right.TrimStart('0');
        return left.Length != right.Length ? left.Length - right.Length : left.SequenceCompareTo(right);
    }

    /// <summary>The number after this one, at least as long.</summary>
    public static string Increment(ReadOnlySpan<char> digits)
    {
        var next = digits.ToArray();
        for (var i = next.Length - 1; i >= 0; i--)
        {
            if (next[i] != '9')
            {
                next[i]++;
                return new string(next);
            }

            next[i] = '0';
        }

        return "1" + new string(next);
    }
}
