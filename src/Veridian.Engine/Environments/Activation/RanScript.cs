using Veridian.Core.Hashing;

namespace Veridian.Engine.Environments.Activation;

/// <summary>A script that has run and ended with 0.</summary>
/// <param name="Package">Whose it is.</param>
/// <param name="Name"><c>preinst</c>, <c>postinst</c>, or <c>triggered</c> for a postinst called by a trigger.</param>
/// <param name="Digest">Of the script's bytes.</param>
/// <param name="Job">The key under which the cache has what it did.</param>
/// <param name="Log">What it wrote; empty where only the record was read.</param>
public sealed record RanScript(string Package, string Name, Blake3Digest Digest, Blake3Digest Job, string Log);
