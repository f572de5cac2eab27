namespace Veridian.Core.Packages;

/// <summary>A <see cref="Relation"/> whose texts are still bytes.</summary>
public ref struct RawRelation
{
    /// <inheritdoc cref="Relation.Name"/>
    public ReadOnlySpan<byte> Name;

    /// <inheritdoc cref="Relation.Kind"/>
    public RelationKind Kind;

    /// <inheritdoc cref="Relation.Version"/>
    public ReadOnlySpan<byte> Version;
}
