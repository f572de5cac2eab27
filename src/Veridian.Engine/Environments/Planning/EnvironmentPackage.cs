using Veridian.Core.Packages;
using Veridian.Core.Paths;
using Veridian.Store.Trees;

namespace Veridian.Engine.Environments.Planning;

/// <summary>One package of an environment.</summary>
public sealed record EnvironmentPackage
{
    /// <summary>Its name; no two packages of an environment share one.</summary>
    public required string Name { get; init; }

    /// <summary>Its version.</summary>
    public required string Version { get; init; }

    /// <summary>How its version is ordered.</summary>
    public VersionScheme Scheme { get; init; } = VersionScheme.Deb;

    /// <summary>Its object in the store.</summary>
    public required StorePath Object { get; init; }

    /// <summary>Whose files it may replace.</summary>
    public IReadOnlyList<Relation> Replaces { get; init; } = [];

    /// <summary>Whether this package may take over files of another.</summary>
    public bool MayReplace(EnvironmentPackage other) => Replaces.Any(relation =>
        relation.Name == other.Name
        && (relation.Kind == RelationKind.Any || VersionOrder.Satisfies(other.Scheme, other.Version, relation.Kind, relation.Version)));
}

/// <summary>What is in a package: read only where it is needed, because there are tens of thousands of files.</summary>
/// <param name="Entries">Its usr-merged tree; a directory comes before what is in it.</param>
/// <param name="Control">Its control members by name, maintainer scripts among them.</param>
public sealed record PackageContents(IReadOnlyList<TreeEntry> Entries, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Control)
{
    /// <summary>A control member's bytes; null when there is none of that name.</summary>
    public ReadOnlyMemory<byte>? Script(string name) => Control.TryGetValue(name, out var bytes) ? bytes : (ReadOnlyMemory<byte>?)null;
}
