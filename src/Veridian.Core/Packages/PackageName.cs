using System.Diagnostics.CodeAnalysis;

namespace Veridian.Core.Packages;

/// <summary>The name of a package: 1 to 128 of <c>a-z 0-9 + - . _</c>, starting with a letter or digit.</summary>
/// <remarks>Source: <c>spec/names.md</c> N-1. Compared by ordinal. A dot may separate a namespace; the name is still one name.</remarks>
public sealed record PackageName : IComparable<PackageName>
{
    /// <summary>The longest name in characters.</summary>
    public const int MaxLength = 128;

    private PackageName(string text) => Text = text;

    /// <summary>The name as written.</summary>
    public string Text { get; }

    /// <inheritdoc/>
    public override string ToString() => Text;

    /// <summary>Reads a name; refuses anything else.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out PackageName? name) =>
        (name = IsValid(text) ? new PackageName(text.ToString()) : null) is not null;

    /// <summary>Reads a name that our own code vouches for.</summary>
    /// <exception cref="ArgumentException">It is not a name.</exception>
    public static PackageName Of(string text) =>
        TryParse(text, out var name) ? name : throw new ArgumentException($"'{text}' is not a package name.", nameof(text));

    /// <summary>Whether the text is a name (N-1).</summary>
    public static bool IsValid(ReadOnlySpan<char> text)
    {
        if (text.Length is 0 or > MaxLength || !char.IsAsciiLetterLower(text[0]) && !char.IsAsciiDigit(text[0]))
        {
            return false;
        }

        foreach (var c in text)
        {
            if (!char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c is not ('+' or '-' or '.' or '_'))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Ordinal order.</summary>
    public int CompareTo(PackageName? other) => string.CompareOrdinal(Text, other?.Text);
}
