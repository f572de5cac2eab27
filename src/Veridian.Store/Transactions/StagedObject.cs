using Veridian.Core.Hashing;
using Veridian.Core.Paths;
using Veridian.Core.Units;

namespace Veridian.Store.Transactions;

/// <summary>A finished object that is not yet in the store.</summary>
/// <param name="Path">Its name in the store.</param>
/// <param name="Tree">Root digest of its tree.</param>
/// <param name="Bytes">Sum of its files' sizes.</param>
/// <param name="Files">Number of its files.</param>
/// <param name="AlreadyThere">The store has it; publishing does nothing for it.</param>
public sealed record StagedObject(StorePath Path, Blake3Digest Tree, ByteCount Bytes, int Files, bool AlreadyThere);
