using System.Diagnostics.CodeAnalysis;
using Veridian.Core.Text;

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
        (version = IsValid(scheme, text) ? new PackageVersion(scheme, text.ToString()) : null) is not null;

    /// <summary>Reads a version that our own code vouches for.</summary>
    /// <exception cref="ArgumentException">It is not a version of that scheme.</exception>
    public static PackageVersion Of(VersionScheme scheme, string text) =>
        TryParse(scheme, text, out var version) ? version : throw new ArgumentException($"'{text}' is not a {scheme} version.", nameof(text));

    /// <summary>Whether the text is a version of that scheme (V-2).</summary>
    public static bool IsValid(VersionScheme scheme, ReadOnlySpan<char> text) => text.Length is > 0 and <= MaxLength && scheme switch
    {
        VersionScheme.Deb => IsDeb(text),
        VersionScheme.Semver => IsSemver(text),
        _ => char.IsAsciiLetterOrDigit(text[0]) && ConsistsOf(text, "+-._~:"),
    };

    /// <summary>The scheme's order.</summary>
    /// <exception cref="ArgumentException">The other one has another scheme: there is no order between the two.</exception>
    public int CompareTo(PackageVersion? other) =>
        other is null ? 1
        : other.Scheme == Scheme ? VersionOrder.Compare(Scheme, Text, other.Text)
        : throw new ArgumentException($"A {Scheme} version is not compared with a {other.Scheme} version.", nameof(other));

    private static bool IsDeb(ReadOnlySpan<char> text)
    {
        var colon = text.IndexOf(':');
        if (colon >= 0 && !PlainNumber.TryRead(text[..colon], out int _))
        {
            return false;
        }

        var rest = text[(colon + 1)..];
        var hyphen = rest.LastIndexOf('-');
        var upstream = hyphen < 0 ? rest : rest[..hyphen];
        var revision = hyphen < 0 ? "0" : rest[(hyphen + 1)..];
        return !upstream.IsEmpty && char.IsAsciiLetterOrDigit(upstream[0]) && ConsistsOf(upstream, "+-.~:")
            && !revision.IsEmpty && ConsistsOf(revision, "+.~");
    }

    private static bool IsSemver(ReadOnlySpan<char> text)
    {
        var plus = text.IndexOf('+');
        var withoutBuild = SemverOrder.WithoutBuild(text);
        var core = SemverOrder.Core(withoutBuild);
        return core.Count('.') == 2 && AreIdentifiers(core, numbersOnly: true, leadingZeros: false)
            && (core.Length == withoutBuild.Length || AreIdentifiers(withoutBuild[(core.Length + 1)..], numbersOnly: false, leadingZeros: false))
            && (plus < 0 || AreIdentifiers(text[(plus + 1)..], numbersOnly: false, leadingZeros: true));
    }

    private static bool AreIdentifiers(ReadOnlySpan<char> text, bool numbersOnly, bool leadingZeros)
    {
        foreach (var range in text.Split('.'))
        {
            var identifier = text[range];
            var number = Digits.AreAll(identifier);
            if (identifier.IsEmpty || !ConsistsOf(identifier, "-") || (numbersOnly && !number)
                || (number && !leadingZeros && identifier.Length > 1 && identifier[0] == '0'))
            {
                return false;
            }
        }

        return true;
    }

    private static bool ConsistsOf(ReadOnlySpan<char> text, ReadOnlySpan<char> besidesLettersAndDigits)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && !besidesLettersAndDigits.Contains(c))
            {
                return false;
            }
        }

        return true;
    }
}
