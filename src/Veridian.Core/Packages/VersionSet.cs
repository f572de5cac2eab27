namespace Veridian.Core.Packages;

/// <summary>A set of versions of one scheme, in canonical form: two sets are equal when they hold the same versions.</summary>
/// <remarks>Source: <c>spec/versions.md</c> V-6.</remarks>
public sealed class VersionSet : IEquatable<VersionSet>
{
    /// <summary>The scheme whose order the set is over.</summary>
    public VersionScheme Scheme => throw new NotImplementedException();

    /// <summary>Whether no version is in it.</summary>
    public bool IsEmpty => throw new NotImplementedException();

    /// <summary>Whether every version is in it.</summary>
    public bool IsAll => throw new NotImplementedException();

    /// <summary>No version.</summary>
    public static VersionSet Empty(VersionScheme scheme) => throw new NotImplementedException();

    /// <summary>Every version.</summary>
    public static VersionSet All(VersionScheme scheme) => throw new NotImplementedException();

    /// <summary>What an index's relation means, strictly by the scheme's order (for Debian: as dpkg).</summary>
    public static VersionSet From(RelationKind kind, PackageVersion version) => throw new NotImplementedException();

    /// <summary>What a relation of an index means: <see cref="RelationKind.Set"/> is read by <see cref="ConstraintParser"/>, the rest is strict.</summary>
    /// <exception cref="Errors.InvalidInputException">The version or constraint cannot be read.</exception>
    public static VersionSet Of(VersionScheme scheme, Relation relation) => throw new NotImplementedException();

    /// <summary>The versions that the scheme's order calls the same as this one.</summary>
    public static VersionSet Exactly(PackageVersion version) => throw new NotImplementedException();

    /// <summary>The versions in both.</summary>
    /// <exception cref="ArgumentException">The schemes differ.</exception>
    public VersionSet Intersect(VersionSet other) => throw new NotImplementedException();

    /// <summary>The versions in either.</summary>
    /// <exception cref="ArgumentException">The schemes differ.</exception>
    public VersionSet Union(VersionSet other) => throw new NotImplementedException();

    /// <summary>The versions not in it.</summary>
    public VersionSet Complement() => throw new NotImplementedException();

    /// <summary>Whether the version is in it.</summary>
    /// <exception cref="ArgumentException">The version has another scheme.</exception>
    public bool Contains(PackageVersion version) => throw new NotImplementedException();

    /// <summary>Whether the version text, read in this set's scheme, is in it. Does not allocate.</summary>
    public bool Contains(ReadOnlySpan<char> version) => throw new NotImplementedException();

    /// <inheritdoc/>
    public bool Equals(VersionSet? other) => throw new NotImplementedException();

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as VersionSet);

    /// <inheritdoc/>
    public override int GetHashCode() => throw new NotImplementedException();

    /// <summary>For people, in the constraint grammar where it can say it: <c>&gt;=1.2, &lt;2</c>.</summary>
    public override string ToString() => throw new NotImplementedException();
}
