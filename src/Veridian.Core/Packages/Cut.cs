namespace Veridian.Core.Packages;

/// <summary>On which side of a version text a cut lies, in the order in which cuts at one text follow each other.</summary>
internal enum CutSide
{
    /// <summary>Before every version that begins with the text: <c>17~rc1</c>, <c>17</c>, <c>17.2</c>.</summary>
    BeforeExtensions,

    /// <summary>Before every Debian revision of an upstream version.</summary>
    BeforeRevisions,

    /// <summary>Just before the version.</summary>
    Before,

    /// <summary>The version itself; not a place for a cut.</summary>
    At,

    /// <summary>Just after the version.</summary>
    After,

    /// <summary>After every Debian revision of an upstream version.</summary>
    AfterRevisions,
}

/// <summary>A place between versions where a set begins or ends.</summary>
/// <remarks>Source: <c>spec/versions.md</c> V-6. Debian texts stand here without their epoch.</remarks>
internal readonly struct Cut
{
    private Cut(string text, CutSide side) => (Text, Side) = (text, side);

    public string Text { get; }

    public CutSide Side { get; }

    /// <summary>Makes a cut; those of semver all become <see cref="CutSide.Before"/> some version, so that one place has one name.</summary>
    public static Cut Of(VersionScheme scheme, string text, CutSide side)
    {
        if (scheme != VersionScheme.Semver)
        {
            return new Cut(text, side);
        }

        var version = SemverOrder.WithoutBuild(text).ToString();
        return new Cut(side switch
        {
            CutSide.BeforeExtensions => NumericPrefix.Padded(version) + "-0",
            CutSide.After when version.Contains('-', StringComparison.Ordinal) => version + ".0",
            CutSide.After => NumericPrefix.Next(version, 2) + "-0",
            _ => version,
        }, CutSide.Before);
    }

    public static int Compare(VersionScheme scheme, Cut left, Cut right) => Compare(scheme, left.Text, left.Side, right.Text, right.Side);

    /// <summary>Whether a version (Debian: without epoch) lies after the cut.</summary>
    public bool IsBelow(VersionScheme scheme, ReadOnlySpan<char> version) => Compare(scheme, Text, Side, version, CutSide.At) < 0;

    private static int Compare(VersionScheme scheme, ReadOnlySpan<char> left, CutSide leftSide, ReadOnlySpan<char> right, CutSide rightSide)
    {
        var byText = scheme switch
        {
            VersionScheme.Deb => CompareDeb(left, leftSide, right, rightSide),
            VersionScheme.Semver => SemverOrder.Compare(left, right),
            _ => GenericOrder.Compare(left, leftSide == CutSide.BeforeExtensions, right, rightSide == CutSide.BeforeExtensions),
        };
        return byText != 0 ? byText : leftSide - rightSide;
    }

    private static int CompareDeb(ReadOnlySpan<char> left, CutSide leftSide, ReadOnlySpan<char> right, CutSide rightSide)
    {
        var byUpstream = DebVersionOrder.CompareParts(
            Upstream(left, leftSide), leftSide == CutSide.BeforeExtensions ? DebVersionOrder.BelowAll : 0,
            Upstream(right, rightSide), rightSide == CutSide.BeforeExtensions ? DebVersionOrder.BelowAll : 0);
        return byUpstream != 0 || !HasRevision(leftSide) || !HasRevision(rightSide)
            ? byUpstream
            : DebVersionOrder.CompareParts(DebVersionOrder.Revision(left), 0, DebVersionOrder.Revision(right), 0);
    }

    private static bool HasRevision(CutSide side) => side is CutSide.Before or CutSide.At or CutSide.After;

    private static ReadOnlySpan<char> Upstream(ReadOnlySpan<char> text, CutSide side) =>
        HasRevision(side) ? DebVersionOrder.Upstream(text) : text;
}
