using Veridian.Core.Text;

namespace Veridian.Core.Packages;

/// <summary>dpkg's order of <c>[epoch:]upstream[-revision]</c>.</summary>
/// <remarks>Source: <c>spec/versions.md</c> V-3.1. Total over any text; a text without epoch has epoch 0, one without revision an empty one.</remarks>
public static class DebVersionOrder
{
    /// <summary>What stands after the last character of a part: below every character, <c>~</c> included.</summary>
    internal const int BelowAll = -2;

    /// <summary>Negative, zero or positive.</summary>
    public static int Compare(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        var byEpoch = Epoch(left).CompareTo(Epoch(right));
        return byEpoch != 0 ? byEpoch : CompareWithoutEpoch(WithoutEpoch(left), WithoutEpoch(right));
    }

    /// <summary>The epoch; 0 where there is none; <see cref="int.MaxValue"/> for one that is no number dpkg would take.</summary>
    internal static int Epoch(ReadOnlySpan<char> version)
    {
        var colon = version.IndexOf(':');
        return colon < 0 ? 0
            : PlainNumber.TryRead(version[..colon], out int epoch) ? epoch
            : int.MaxValue;
    }

    internal static ReadOnlySpan<char> WithoutEpoch(ReadOnlySpan<char> version) => version[(version.IndexOf(':') + 1)..];

    internal static ReadOnlySpan<char> Upstream(ReadOnlySpan<char> withoutEpoch) =>
        withoutEpoch.LastIndexOf('-') is var hyphen and >= 0 ? withoutEpoch[..hyphen] : withoutEpoch;

    internal static ReadOnlySpan<char> Revision(ReadOnlySpan<char> withoutEpoch) =>
        withoutEpoch.LastIndexOf('-') is var hyphen and >= 0 ? withoutEpoch[(hyphen + 1)..] : [];

    private static int CompareWithoutEpoch(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        var byUpstream = CompareParts(Upstream(left), 0, Upstream(right), 0);
        return byUpstream != 0 ? byUpstream : CompareParts(Revision(left), 0, Revision(right), 0);
    }

    /// <summary>Compares two parts by alternating runs of other characters and of digits; each part is followed by its end's weight for ever.</summary>
    internal static int CompareParts(ReadOnlySpan<char> left, int leftEnd, ReadOnlySpan<char> right, int rightEnd)
    {
        while (true)
        {
            var byText = SkipEqualText(ref left, leftEnd, ref right, rightEnd);
            if (byText != 0 || (left.IsEmpty && right.IsEmpty))
            {
                return byText;
            }

            var byNumber = Digits.Compare(Digits.Take(ref left), Digits.Take(ref right));
            if (byNumber != 0)
            {
                return byNumber;
            }
        }
    }

    private static int SkipEqualText(ref ReadOnlySpan<char> left, int leftEnd, ref ReadOnlySpan<char> right, int rightEnd)
    {
        while (!AtDigitsOrEnd(left, leftEnd) || !AtDigitsOrEnd(right, rightEnd))
        {
            var difference = Weight(left, leftEnd) - Weight(right, rightEnd);
            if (difference != 0 || (left.IsEmpty && right.IsEmpty))
            {
                return difference;
            }

            left = left[1..];
            right = right[1..];
        }

        return 0;
    }

    private static bool AtDigitsOrEnd(ReadOnlySpan<char> part, int end) => part.IsEmpty ? end == 0 : char.IsAsciiDigit(part[0]);

    private static int Weight(ReadOnlySpan<char> part, int end) => part.IsEmpty ? end : part[0] switch
    {
        '~' => -1,
        >= '0' and <= '9' => 0,
        var c when char.IsAsciiLetter(c) => c,
        var c => c + 256,
    };
}
