using Veridian.Core.Hashing;
using Veridian.Core.Paths;

namespace Veridian.Store.Repairing;

/// <summary>What the store cannot mend from what it has.</summary>
/// <param name="Objects">Objects to fetch and stage again with <see cref="Transactions.ObjectWriter.CompleteAgain"/>.</param>
/// <param name="Environments">Environments to build again.</param>
public sealed record RepairNeeds(IReadOnlyList<StorePath> Objects, IReadOnlyList<Blake3Digest> Environments);
