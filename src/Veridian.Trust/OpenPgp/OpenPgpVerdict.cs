namespace Veridian.Trust.OpenPgp;

/// <summary>What a verifier says about one clear-signed message. It states facts; <see cref="Releases.DebianReleaseTrust"/> decides.</summary>
/// <param name="Good">The good signatures by known keys. One key may stand here more than once.</param>
/// <param name="Payload">The text that was signed, as the verifier wrote it; empty if there is none.</param>
/// <param name="Problems">For people, one line for each signature that did not count, and why.</param>
/// <param name="UnknownKeyOnly">True if every signature that did not count is only by a key that is not in the keyrings.</param>
public sealed record OpenPgpVerdict(
    IReadOnlyList<OpenPgpSignature> Good,
    ReadOnlyMemory<byte> Payload,
    IReadOnlyList<string> Problems,
    bool UnknownKeyOnly);
