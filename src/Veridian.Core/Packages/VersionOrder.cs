namespace Veridian.Core.Packages;

/// <summary>The order of versions, per scheme. Total over any text, also over one that V-2 refuses; never allocates.</summary>
/// <remarks>Source: <c>spec/versions.md</c> V-3.</remarks>
public static class VersionOrder
{
    /// <summary>Negative when <paramref name="left"/> is older, positive when newer, 0 when the scheme calls both the same.</summary>
    public static int Compare(VersionScheme scheme, ReadOnlySpan<char> left, ReadOnlySpan<char> right) => scheme switch
    {
        VersionScheme.Deb => DebVersionOrder.Compare(left, right),
        VersionScheme.Semver => SemverOrder.Compare(left, right),
        VersionScheme.Generic => GenericOrder.Compare(left, right),
        _ => throw new ArgumentOutOfRangeException(nameof(scheme)),
    };

    /// <summary>Whether a version satisfies a relation of an index, strictly by the scheme's order (V-4).</summary>
    /// <exception cref="ArgumentException"><paramref name="kind"/> is <see cref="RelationKind.Set"/>: parse that with <see cref="ConstraintParser"/>.</exception>
    public static bool Satisfies(VersionScheme scheme, ReadOnlySpan<char> version, RelationKind kind, ReadOnlySpan<char> bound) => kind switch
    {
        RelationKind.Any => true,
        RelationKind.Less => Compare(scheme, version, bound) < 0,
        RelationKind.LessOrEqual => Compare(scheme, version, bound) <= 0,
        RelationKind.Equal => Compare(scheme, version, bound) == 0,
        RelationKind.GreaterOrEqual => Compare(scheme, version, bound) >= 0,
        RelationKind.Greater => Compare(scheme, version, bound) > 0,
        _ => throw new ArgumentException("A set is no single comparison.", nameof(kind)),
    };
}
