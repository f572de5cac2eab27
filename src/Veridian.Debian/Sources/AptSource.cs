using Veridian.Core.Errors;

namespace Veridian.Debian.Sources;

/// <summary>One entry of apt's source lists.</summary>
public sealed record AptSource
{
    /// <summary><c>deb</c>, <c>deb-src</c> or both.</summary>
    public required IReadOnlyList<string> Types { get; init; }

    /// <summary>Base URLs: http, https or file.</summary>
    public required IReadOnlyList<string> Uris { get; init; }

    /// <summary>Suites, or paths ending in <c>/</c> of flat repositories.</summary>
    public required IReadOnlyList<string> Suites { get; init; }

    /// <summary>Components; empty for flat repositories.</summary>
    public IReadOnlyList<string> Components { get; init; } = [];

    /// <summary>Which keys it is signed by; null means apt's global keyrings.</summary>
    public AptSignedBy? SignedBy { get; init; }

    /// <summary>Architectures it is limited to; empty means no limit.</summary>
    public IReadOnlyList<string> Architectures { get; init; } = [];

    /// <summary>False where a deb822 entry says <c>Enabled: no</c>.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Where it stands.</summary>
    public required SourceSpan Place { get; init; }
}
