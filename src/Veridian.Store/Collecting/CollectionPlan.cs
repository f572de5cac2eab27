using Veridian.Core.Hashing;
using Veridian.Core.Paths;
using Veridian.Core.Units;

namespace Veridian.Store.Collecting;

/// <summary>What a gc would remove, or has removed.</summary>
/// <param name="Objects">Objects that nothing needs.</param>
/// <param name="Environments">Environments that nothing needs.</param>
/// <param name="Roots">Ids of roots whose generation is gone.</param>
/// <param name="Blobs">Number of shared contents without another name left.</param>
/// <param name="Freed">Bytes that become free; of an estimate, contents shared with what stays are not counted.</param>
public sealed record CollectionPlan(
    IReadOnlyList<StorePath> Objects, IReadOnlyList<Blake3Digest> Environments, IReadOnlyList<string> Roots, int Blobs, ByteCount Freed);
