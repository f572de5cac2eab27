namespace Veridian.Core.Packages;

/// <summary>A set of versions within one epoch: whether the oldest are in it, and the cuts at which that changes, ascending.</summary>
/// <remarks>Source: <c>spec/versions.md</c> V-6.</remarks>
internal sealed class VersionLine(VersionScheme scheme, bool startsInside, Cut[] cuts)
{
    public bool StartsInside => startsInside;

    public ReadOnlySpan<Cut> Cuts => cuts;

    public bool IsEmpty => !startsInside && cuts.Length == 0;

    public bool IsAll => startsInside && cuts.Length == 0;

    /// <summary>What lies between two cuts; a null one is open. Empty when they are the wrong way round.</summary>
    public static VersionLine Between(VersionScheme scheme, Cut? from, Cut? to)
    {
        Cut[] cuts = (from, to) switch
        {
            ({ } a, { } b) => Cut.Compare(scheme, a, b) < 0 ? [a, b] : [],
            ({ } a, null) => [a],
            (null, { } b) => [b],
            _ => [],
        };
        return new VersionLine(scheme, from is null, cuts);
    }

    public VersionLine Complement() => new(scheme, !startsInside, cuts);

    public bool Contains(ReadOnlySpan<char> version)
    {
        var inside = startsInside;
        foreach (var cut in cuts)
        {
            if (!cut.IsBelow(scheme, version))
            {
                break;
            }

            inside = !inside;
        }

        return inside;
    }

    /// <summary>Goes up both lines at once and notes where the rule's answer changes.</summary>
    public static VersionLine Combine(VersionLine left, VersionLine right, VersionScheme scheme, Func<bool, bool, bool> rule)
    {
        var (inLeft, inRight) = (left.StartsInside, right.StartsInside);
        var start = rule(inLeft, inRight);
        var (inside, changes, i, j) = (start, new List<Cut>(), 0, 0);
        while (i < left.Cuts.Length || j < right.Cuts.Length)
        {
            var order = i == left.Cuts.Length ? 1 : j == right.Cuts.Length ? -1 : Cut.Compare(scheme, left.Cuts[i], right.Cuts[j]);
            var cut = order <= 0 ? left.Cuts[i] : right.Cuts[j];
            if (order <= 0)
            {
                (inLeft, i) = (!inLeft, i + 1);
            }

            if (order >= 0)
            {
                (inRight, j) = (!inRight, j + 1);
            }

            if (rule(inLeft, inRight) != inside)
            {
                inside = !inside;
                changes.Add(cut);
            }
        }

        return new VersionLine(scheme, start, [.. changes]);
    }

    public bool SameAs(VersionLine other)
    {
        if (startsInside != other.StartsInside || cuts.Length != other.Cuts.Length)
        {
            return false;
        }

        for (var i = 0; i < cuts.Length; i++)
        {
            if (Cut.Compare(scheme, cuts[i], other.Cuts[i]) != 0)
            {
                return false;
            }
        }

        return true;
    }
}
