using System.Diagnostics.CodeAnalysis;

namespace Veridian.Core.Packages;

/// <summary>A version text that its scheme accepts.</summary>
/// <remarks>
/// Source: <c>spec/versions.md</c> V-2. Two versions are equal when their texts are; <see cref="CompareTo"/> may call
/// different texts (<c>1.0</c> and <c>1.0-0</c>) the same.
/// </remarks>
public sealed record PackageVersion : IComparable<PackageVersion>
{
    /// <summary>The longest version in characters.</summary>
    public const int MaxLength = 256;

    private PackageVersion(VersionScheme scheme, string text) => (Scheme, Text) = (scheme, text);

    /// <summary>How the text is ordered.</summary>
    public VersionScheme Scheme { get; }

    /// <summary>The version as written.</summary>
    public string Text { get; }

    /// <inheritdoc/>
    public override string ToString() => Text;

    /// <summary>Reads a version; refuses what V-2 does not allow in that scheme.</summary>
    public static bool TryParse(VersionScheme scheme, ReadOnlySpan<char> text, [NotNullWhen(true)] out PackageVersion? version) =>
        throw new NotImplementedException();

    /// <summary>Reads a version that our own code vouches for.</summary>
    /// <exception cref="ArgumentException">It is not a version of that scheme.</exception>
    public static PackageVersion Of(VersionScheme scheme, string text) =>
        TryParse(scheme, text, out var version) ? version : throw new ArgumentException($"'{text}' is not a {scheme} version.", nameof(text));

    /// <summary>The scheme's order.</summary>
    /// <exception cref="ArgumentException">The other one has another scheme: there is no order between the two.</exception>
    public int CompareTo(PackageVersion? other) => throw new NotImplementedException();
}
