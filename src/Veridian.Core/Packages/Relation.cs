namespace Veridian.Core.Packages;

/// <summary>How the version in a relation is compared.</summary>
public enum RelationKind
{
    /// <summary>Any version.</summary>
    Any = 0,

    /// <summary>Strictly older (Debian's <c>&lt;&lt;</c>).</summary>
    Less = 1,

    /// <summary>Older or the same.</summary>
    LessOrEqual = 2,

    /// <summary>The same in the scheme's order.</summary>
    Equal = 3,

    /// <summary>Newer or the same.</summary>
    GreaterOrEqual = 4,

    /// <summary>Strictly newer (Debian's <c>&gt;&gt;</c>).</summary>
    Greater = 5,

    /// <summary>A constraint in the profile's grammar (<c>spec/versions.md</c> V-5).</summary>
    Set = 6,
}

/// <summary>One package name with versions of it, as an index states it: an alternative of a dependency, or a conflict.</summary>
/// <param name="Name">A real or virtual name; not necessarily a valid <see cref="PackageName"/>.</param>
/// <param name="Kind">How <paramref name="Version"/> is compared.</param>
/// <param name="Version">The version or constraint text; empty for <see cref="RelationKind.Any"/>.</param>
public readonly record struct Relation(string Name, RelationKind Kind, string Version)
{
    /// <summary>For people: <c>libc6 (&gt;= 2.34)</c>.</summary>
    public override string ToString() => Kind switch
    {
        RelationKind.Any => Name,
        RelationKind.Less => $"{Name} (<< {Version})",
        RelationKind.LessOrEqual => $"{Name} (<= {Version})",
        RelationKind.Equal => $"{Name} (= {Version})",
        RelationKind.GreaterOrEqual => $"{Name} (>= {Version})",
        RelationKind.Greater => $"{Name} (>> {Version})",
        _ => $"{Name} {Version}",
    };
}

/// <summary>A name that a package stands in for.</summary>
/// <param name="Name">The virtual name.</param>
/// <param name="Version">The version provided, or empty: then only unversioned relations are satisfied.</param>
public readonly record struct ProvidedName(string Name, string Version);
