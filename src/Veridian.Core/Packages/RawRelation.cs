namespace Veridian.Core.Packages;

/// <summary>A <see cref="Relation"/> whose texts are still bytes.</summary>
public readonly ref struct RawRelation
{
    /// <inheritdoc cref="Relation.Name"/>
    public ReadOnlySpan<byte> Name { get; init; }

    /// <inheritdoc cref="Relation.Kind"/>
    public RelationKind Kind { get; init; }

    /// <inheritdoc cref="Relation.Version"/>
    public ReadOnlySpan<byte> Version { get; init; }
}
