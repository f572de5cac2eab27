namespace Veridian.Debian.Sources;

/// <summary>The value of Signed-By.</summary>
/// <param name="Paths">Absolute key file paths; empty when only a key is given.</param>
/// <param name="InlineKey">An armored key, or null.</param>
/// <param name="Fingerprints">Key fingerprints, upper-case hexadecimal, to pick from the keyrings.</param>
public sealed record AptSignedBy(IReadOnlyList<string> Paths, string? InlineKey, IReadOnlyList<string> Fingerprints);
