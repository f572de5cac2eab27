using Veridian.Core.Hashing;
using Veridian.Core.Units;
using Veridian.Trust;
using Veridian.Trust.Releases;

namespace Veridian.Fetch.Metadata;

/// <summary>A release that was believed, and its index files on this machine.</summary>
/// <param name="Subject">Which release.</param>
/// <param name="Release">The text with its date, expiry, signers, and whether it is unsigned.</param>
/// <param name="ReleasePath">The file as the server sent it.</param>
/// <param name="ReleaseDigest">SHA-256 of that file.</param>
/// <param name="Unchanged">True if it is the same file as at the last fetch.</param>
/// <param name="Indexes">One for each component and architecture that the release has.</param>
public sealed record FetchedRelease(
    ReleaseSubject Subject,
    Trusted<ReleaseText> Release,
    string ReleasePath,
    Sha256Digest ReleaseDigest,
    bool Unchanged,
    IReadOnlyList<FetchedIndex> Indexes);

/// <summary>A verified <c>Packages</c> file, still compressed.</summary>
/// <param name="Component">Such as <c>main</c>; empty for a repository without suites.</param>
/// <param name="Architecture">Such as <c>amd64</c>; empty for a repository without suites.</param>
/// <param name="SignedPath">Its path inside the release, which ends in <c>.xz</c>, <c>.gz</c> or neither.</param>
/// <param name="Path">Where its bytes are.</param>
/// <param name="Size">How many there are.</param>
/// <param name="Digest">Their SHA-256 as signed.</param>
public sealed record FetchedIndex(string Component, string Architecture, string SignedPath, string Path, ByteCount Size, Sha256Digest Digest);
