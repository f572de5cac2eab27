namespace Veridian.Core.Packages;

/// <summary>Precedence of Semantic Versioning 2.0.0; build metadata has none.</summary>
/// <remarks>
/// Source: <c>spec/versions.md</c> V-3.2. Total over any text: numbers that are missing count as 0, and what should be a number
/// and is none is compared as an identifier of a pre-release is.
/// </remarks>
public static class SemverOrder
{
    /// <summary>Negative, zero or positive.</summary>
    public static int Compare(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        left = WithoutBuild(left);
        right = WithoutBuild(right);
        var byNumbers = CompareIdentifiers(Core(left), Core(right), "0");
        return byNumbers != 0 ? byNumbers : ComparePreRelease(PreRelease(left), PreRelease(right));
    }

    internal static ReadOnlySpan<char> WithoutBuild(ReadOnlySpan<char> version) =>
        version.IndexOf('+') is var plus and >= 0 ? version[..plus] : version;

    internal static ReadOnlySpan<char> Core(ReadOnlySpan<char> version) =>
        version.IndexOf('-') is var hyphen and >= 0 ? version[..hyphen] : version;

    internal static ReadOnlySpan<char> PreRelease(ReadOnlySpan<char> version) =>
        version.IndexOf('-') is var hyphen and >= 0 ? version[(hyphen + 1)..] : [];

    private static int ComparePreRelease(ReadOnlySpan<char> left, ReadOnlySpan<char> right) => (left.IsEmpty, right.IsEmpty) switch
    {
        (true, true) => 0,
        (true, false) => 1,
        (false, true) => -1,
        _ => CompareIdentifiers(left, right, ""),
    };

    /// <summary>Compares texts split at dots; a shorter one is continued with <paramref name="missing"/>.</summary>
    private static int CompareIdentifiers(ReadOnlySpan<char> left, ReadOnlySpan<char> right, ReadOnlySpan<char> missing)
    {
        var (leftMore, rightMore) = (true, true);
        while (leftMore || rightMore)
        {
            var a = leftMore ? Next(ref left, out leftMore) : missing;
            var b = rightMore ? Next(ref right, out rightMore) : missing;
            var difference = CompareIdentifier(a, b);
            if (difference != 0)
            {
                return difference;
            }
        }

        return 0;
    }

    private static ReadOnlySpan<char> Next(ref ReadOnlySpan<char> text, out bool more)
    {
        var dot = text.IndexOf('.');
        more = dot >= 0;
        var identifier = more ? text[..dot] : text;
        text = more ? text[(dot + 1)..] : [];
        return identifier;
    }

    // Nothing comes before numbers, numbers before words.
    private static int CompareIdentifier(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        var (leftRank, rightRank) = (Rank(left), Rank(right));
        return leftRank != rightRank ? leftRank - rightRank
            : leftRank == 1 ? Digits.Compare(left, right)
            : left.SequenceCompareTo(right);
    }

    private static int Rank(ReadOnlySpan<char> identifier) => identifier.IsEmpty ? 0 : Digits.AreAll(identifier) ? 1 : 2;
}
