using Veridian.Core.Hashing;

namespace Veridian.Engine.Environments.Activation;

/// <summary>A script that has run and ended with 0.</summary>
/// <param name="Package">Whose it is.</param>
/// <param name="Name"><c>postinst</c>.</param>
/// <param name="Digest">Of the script's bytes.</param>
/// <param name="Log">What it wrote.</param>
public sealed record RanScript(string Package, string Name, Blake3Digest Digest, string Log);
