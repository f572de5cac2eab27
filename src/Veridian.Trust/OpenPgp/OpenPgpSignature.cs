namespace Veridian.Trust.OpenPgp;

/// <summary>A good signature by a key of the keyrings that were asked.</summary>
/// <param name="Key">The key that signed: often a subkey.</param>
/// <param name="PrimaryKey">The primary key it belongs to; the same as <paramref name="Key"/> where there is no subkey.</param>
public sealed record OpenPgpSignature(KeyFingerprint Key, KeyFingerprint PrimaryKey);
