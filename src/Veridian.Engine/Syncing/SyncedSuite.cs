using Veridian.Core.Hashing;

namespace Veridian.Engine.Syncing;

/// <summary>One verified index file of one suite, as the last sync left it in the cache.</summary>
/// <param name="Repository">The repository's name in the profile.</param>
/// <param name="Suite">The suite.</param>
/// <param name="Component">The component.</param>
/// <param name="Priority">The repository's priority.</param>
/// <param name="Url">The repository's URL where the profile gave it; empty where it is the host's.</param>
/// <param name="Date">The release's date.</param>
/// <param name="Release">SHA-256 of the signed release file.</param>
/// <param name="Signers">Fingerprints of the known keys that signed; empty for an unsigned repository.</param>
/// <param name="Index">SHA-256 of the compressed index file as signed.</param>
/// <param name="TextPath">The decompressed index file in the cache.</param>
public sealed record SyncedSuite(
    string Repository,
    string Suite,
    string Component,
    int Priority,
    string Url,
    DateTimeOffset Date,
    Sha256Digest Release,
    IReadOnlyList<string> Signers,
    Sha256Digest Index,
    string TextPath)
{
    /// <summary>How the lock names the suite.</summary>
    public string Key => $"{Repository}/{Suite}";
}
