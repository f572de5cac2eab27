using Veridian.Core.Hashing;
using Veridian.Core.Paths;
using Veridian.Core.Units;

namespace Veridian.Store.Database;

/// <summary>What the index knows of an object.</summary>
/// <param name="Path">Its name in the store.</param>
/// <param name="Name">Package name.</param>
/// <param name="Version">Version text.</param>
/// <param name="Architecture">Architecture word.</param>
/// <param name="Tree">Root digest of its tree.</param>
/// <param name="Bytes">Sum of its files' sizes.</param>
/// <param name="Files">Number of its files.</param>
public sealed record IndexedObject(
    StorePath Path, string Name, string Version, string Architecture, Blake3Digest Tree, ByteCount Bytes, int Files);
