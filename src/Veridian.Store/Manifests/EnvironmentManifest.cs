using Veridian.Core.Hashing;
using Veridian.Core.Paths;
using Veridian.Core.Units;
using Veridian.Store.Trees;

namespace Veridian.Store.Manifests;

/// <summary>The full description of an environment's tree and of the objects it was made from.</summary>
/// <remarks>Source: <c>store-format/manifest/README.md</c> M-7.</remarks>
public sealed record EnvironmentManifest
{
    /// <summary>The environment's name in the store, chosen by whoever builds it from all of its inputs.</summary>
    public required Blake3Digest Id { get; init; }

    /// <summary>Root digest of the tree.</summary>
    public required Blake3Digest Tree { get; init; }

    /// <summary>Number of regular files.</summary>
    public required int Files { get; init; }

    /// <summary>Sum of their sizes, shared or not.</summary>
    public required ByteCount Bytes { get; init; }

    /// <summary>The objects that stay alive as long as it does, in order.</summary>
    public required IReadOnlyList<StorePath> Objects { get; init; }

    /// <summary>Every path, in byte order. Empty if only the head was read.</summary>
    public required IReadOnlyList<TreeEntry> Entries { get; init; }
}
