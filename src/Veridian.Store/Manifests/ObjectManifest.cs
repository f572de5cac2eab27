using Veridian.Core.Paths;
using Veridian.Core.Units;
using Veridian.Store.Trees;

namespace Veridian.Store.Manifests;

/// <summary>The full description of a store object, kept beside it. The index is rebuilt from these alone.</summary>
/// <remarks>Source: <c>store-format/manifest/README.md</c>.</remarks>
public sealed record ObjectManifest
{
    /// <summary>Name, version, architecture and the two digests.</summary>
    public required ObjectIdentity Identity { get; init; }

    /// <summary>Number of regular files.</summary>
    public required int Files { get; init; }

    /// <summary>Sum of their sizes.</summary>
    public required ByteCount Bytes { get; init; }

    /// <summary>Where it came from.</summary>
    public required Origin Origin { get; init; }

    /// <summary>Every path, in byte order. Empty if only the head was read.</summary>
    public required IReadOnlyList<TreeEntry> Entries { get; init; }

    /// <summary>The object's name in the store.</summary>
    public StorePath Path => Identity.ToStorePath();
}
