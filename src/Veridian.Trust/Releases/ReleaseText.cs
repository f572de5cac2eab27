using Veridian.Trust.OpenPgp;

namespace Veridian.Trust.Releases;

/// <summary>The text of a <c>Release</c> file with the facts that trust rests on.</summary>
/// <param name="Payload">Exactly what the verifier wrote; for an unsigned repository what the server sent, without armor.</param>
/// <param name="Date">When the repository made it.</param>
/// <param name="ValidUntil">When it expires; null where the text does not say.</param>
/// <param name="Signers">Primary keys that signed, each once, in the order they stand; empty if <paramref name="Unsigned"/>.</param>
/// <param name="Unsigned">True if nobody's signature was asked for.</param>
public sealed record ReleaseText(
    ReadOnlyMemory<byte> Payload,
    DateTimeOffset Date,
    DateTimeOffset? ValidUntil,
    IReadOnlyList<KeyFingerprint> Signers,
    bool Unsigned);
