using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Veridian.Core.Packages;

/// <summary>Writes version sets for people.</summary>
/// <remarks>Source: <c>spec/versions.md</c> V-7. One interval that the constraint grammar can say, in one epoch or in all, reads back as the same set.</remarks>
internal static class VersionSetText
{
    public static string Of(VersionSet set)
    {
        if (set.IsEmpty)
        {
            return "no version";
        }

        if (set.IsAll)
        {
            return "*";
        }

        var parts = new List<string>();
        foreach (var (from, to) in Intervals(set))
        {
            parts.Add(OfInterval(set.Scheme, from, to));
        }

        return TryExcluding(set, out var excluding) ? excluding : string.Join(" or ", parts);
    }

    /// <summary>Pieces between two ends, ascending; neighbours in different epochs that touch are one piece.</summary>
    private static List<(End? From, End? To)> Intervals(VersionSet set)
    {
        var pieces = new List<(End? From, End? To)>();
        var layers = set.Layers;
        for (var i = 0; i < layers.Length; i++)
        {
            var line = layers[i].Line;
            var epoch = layers.Length == 1 ? -1 : layers[i].FromEpoch;
            var lastEpoch = i + 1 < layers.Length ? layers[i + 1].FromEpoch - 1 : layers.Length == 1 ? -1 : int.MaxValue;
            End? start = line.StartsInside ? epoch <= 0 ? null : new End(epoch, lastEpoch, null) : null;
            var inside = line.StartsInside;
            foreach (var cut in line.Cuts)
            {
                var end = new End(epoch, lastEpoch, cut);
                if (inside)
                {
                    Append(pieces, start, end);
                }

                (inside, start) = (!inside, end);
            }

            if (inside)
            {
                Append(pieces, start, i + 1 < layers.Length ? new End(lastEpoch + 1, lastEpoch + 1, null) : null);
            }
        }

        return pieces;
    }

    private static void Append(List<(End? From, End? To)> pieces, End? from, End? to)
    {
        if (pieces.Count > 0 && pieces[^1].To is { Cut: null } last && from is { Cut: null } first && last.Epoch == first.Epoch)
        {
            pieces[^1] = (pieces[^1].From, to);
            return;
        }

        pieces.Add((from, to));
    }

    // "Everything but one version" is what people wrote as !=.
    private static bool TryExcluding(VersionSet set, [NotNullWhen(true)] out string? text)
    {
        var hole = set.Complement();
        var holes = Intervals(hole);
        text = holes is [({ } from, { } to)] && OfPoint(set.Scheme, from, to) is { } point ? "!" + (point.StartsWith('=') ? point : "=" + point) : null;
        return text is not null;
    }

    private static string OfInterval(VersionScheme scheme, End? from, End? to)
    {
        if (from is { } a && to is { } b && OfPoint(scheme, a, b) is { } point)
        {
            return point;
        }

        var lower = from is { } low ? low.AsLower(scheme) : "";
        var upper = to is { } high ? high.AsUpper(scheme) : "";
        return lower.Length > 0 && upper.Length > 0 ? $"{lower}, {upper}" : lower.Length + upper.Length > 0 ? lower + upper : "*";
    }

    /// <summary><c>=1.2</c> or <c>1.2.*</c> where the two ends enclose just that, else null.</summary>
    private static string? OfPoint(VersionScheme scheme, End from, End to)
    {
        if (from.Cut is not { } low || to.Cut is not { } high || from.Epoch != to.Epoch)
        {
            return null;
        }

        bool UpTo(string text, CutSide side) => Cut.Compare(scheme, high, Cut.Of(scheme, text, side)) == 0;
        if (scheme == VersionScheme.Semver && low.Text.EndsWith("-0", StringComparison.Ordinal) && NumericPrefix.Is(low.Text.AsSpan()[..^2]))
        {
            return SemverPrefix(low.Text[..^2], UpTo);
        }

        return low.Side switch
        {
            CutSide.BeforeRevisions when UpTo(low.Text, CutSide.AfterRevisions) => "=" + from.Spell(low.Text),
            CutSide.Before when UpTo(low.Text, CutSide.After) => "=" + from.Spell(low.Strict(scheme)),
            CutSide.BeforeExtensions when NumericPrefix.Is(low.Text) && UpTo(NumericPrefix.Next(low.Text), CutSide.BeforeExtensions) => from.Spell(low.Text) + ".*",
            _ => null,
        };
    }

    private static string? SemverPrefix(string numbers, Func<string, CutSide, bool> upTo)
    {
        for (var index = 0; index < 3; index++)
        {
            if (upTo(NumericPrefix.Next(numbers, index), CutSide.BeforeExtensions))
            {
                var prefix = string.Join('.', numbers.Split('.')[..(index + 1)]);
                return NumericPrefix.Padded(prefix) == numbers && index < 2 ? prefix + ".*" : null;
            }
        }

        return null;
    }

    /// <summary>One text of a cut with the revision that makes dpkg's meaning of it explicit.</summary>
    private static string Strict(this Cut cut, VersionScheme scheme) =>
        scheme == VersionScheme.Deb && cut.Side is CutSide.Before or CutSide.After && !cut.Text.Contains('-', StringComparison.Ordinal)
            ? cut.Text + "-0"
            : cut.Text;

    /// <summary>An end of a piece: a cut in an epoch, or the beginning of the epoch; epoch -1 where epochs play no part.</summary>
    private readonly record struct End(int Epoch, int LastEpoch, Cut? Cut)
    {
        public string Spell(string version)
        {
            var text = new StringBuilder();
            if (Epoch >= 0)
            {
                text.Append(Epoch).Append(LastEpoch > Epoch ? "+:" : ":");
            }

            return text.Append(version).ToString();
        }

        public string AsLower(VersionScheme scheme) => Cut switch
        {
            null => ">=" + Spell("0~"),
            { Side: CutSide.BeforeExtensions } cut => ">=" + Spell(cut.Text + "~"),
            { Side: CutSide.Before } cut => ">=" + Spell(cut.Strict(scheme)),
            { Side: CutSide.BeforeRevisions } cut => ">=" + Spell(cut.Text),
            { } cut => ">" + Spell(cut.Strict(scheme)),
        };

        public string AsUpper(VersionScheme scheme) => Cut switch
        {
            null => "<" + Spell("0~"),
            { Side: CutSide.Before } cut when scheme == VersionScheme.Semver && cut.Text.EndsWith("-0", StringComparison.Ordinal) => "<" + cut.Text[..^2],
            { Side: CutSide.BeforeExtensions or CutSide.BeforeRevisions } cut => "<" + Spell(cut.Text),
            { Side: CutSide.Before } cut => "<" + Spell(cut.Strict(scheme)),
            { } cut => "<=" + Spell(cut.Strict(scheme)),
        };
    }
}
