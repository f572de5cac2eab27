using Veridian.Core.Hashing;

namespace Veridian.Debian.Control;

/// <summary>A file that a Release file vouches for.</summary>
/// <param name="Sha256">Its digest.</param>
/// <param name="Size">Its length in bytes.</param>
public readonly record struct ReleaseFile(Sha256Digest Sha256, long Size);

/// <summary>What a Release file says of a suite.</summary>
public sealed record Release
{
    /// <summary>Such as <c>oldstable</c>; may be empty.</summary>
    public string Suite { get; init; } = "";

    /// <summary>Such as <c>bookworm</c>; may be empty.</summary>
    public string Codename { get; init; } = "";

    /// <summary>Such as <c>Debian</c>; may be empty.</summary>
    public string Origin { get; init; } = "";

    /// <summary>When it was made.</summary>
    public required DateTimeOffset Date { get; init; }

    /// <summary>When it stops being believable; null where nothing is stated.</summary>
    public DateTimeOffset? ValidUntil { get; init; }

    /// <summary>Such as <c>main</c>.</summary>
    public IReadOnlyList<string> Components { get; init; } = [];

    /// <summary>Such as <c>amd64</c>.</summary>
    public IReadOnlyList<string> Architectures { get; init; } = [];

    /// <summary>Whether files can be fetched as <c>by-hash/SHA256/DIGEST</c>.</summary>
    public bool AcquireByHash { get; init; }

    /// <summary>Every file by its path relative to the Release file.</summary>
    public required IReadOnlyDictionary<string, ReleaseFile> Files { get; init; }
}
