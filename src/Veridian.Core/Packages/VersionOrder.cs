namespace Veridian.Core.Packages;

/// <summary>The order of versions, per scheme. Total over any text, also over one that V-2 refuses; never allocates.</summary>
/// <remarks>Source: <c>spec/versions.md</c> V-3.</remarks>
public static class VersionOrder
{
    /// <summary>Negative when <paramref name="left"/> is older, positive when newer, 0 when the scheme calls both the same.</summary>
    public static int Compare(VersionScheme scheme, ReadOnlySpan<char> left, ReadOnlySpan<char> right) => throw new NotImplementedException();

    /// <summary>Whether a version satisfies a relation of an index, strictly by the scheme's order.</summary>
    /// <exception cref="ArgumentException"><paramref name="kind"/> is <see cref="RelationKind.Set"/>: parse it with <see cref="ConstraintParser"/>.</exception>
    public static bool Satisfies(VersionScheme scheme, ReadOnlySpan<char> version, RelationKind kind, ReadOnlySpan<char> bound) => throw new NotImplementedException();
}
