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

/// <summary>The value of Signed-By.</summary>
/// <param name="Paths">Absolute key file paths; empty when only a key is given.</param>
/// <param name="InlineKey">An armored key, or null.</param>
/// <param name="Fingerprints">Key fingerprints, upper-case hexadecimal, to pick from the keyrings.</param>
public sealed record AptSignedBy(IReadOnlyList<string> Paths, string? InlineKey, IReadOnlyList<string> Fingerprints);

/// <summary>An entry that cannot be used.</summary>
/// <param name="Place">Where it stands.</param>
/// <param name="Text">Its first line.</param>
/// <param name="Reason">Why, as a sentence.</param>
public sealed record IgnoredAptSource(SourceSpan Place, string Text, string Reason);

/// <summary>What one file of apt's source lists says.</summary>
/// <param name="Sources">Usable entries in file order, disabled ones included.</param>
/// <param name="Ignored">The others.</param>
public sealed record AptSources(IReadOnlyList<AptSource> Sources, IReadOnlyList<IgnoredAptSource> Ignored);
