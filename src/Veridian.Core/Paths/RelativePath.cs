using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Veridian.Core.Paths;

/// <summary>
/// A path inside a tree: components joined by <c>/</c>; never absolute, empty, with <c>.</c> or <c>..</c>, NUL, or an empty component.
/// An archive that tries to leave its tree cannot be expressed.
/// </summary>
/// <remarks>Source: <c>spec/names.md</c> N-4. At most 4096 bytes of UTF-8, each component at most 255. Ordered by the UTF-8 bytes of the whole text.</remarks>
public sealed record RelativePath : IComparable<RelativePath>
{
    private const int MaxBytes = 4096;
    private const int MaxComponentBytes = 255;

    private RelativePath(string text) => Text = text;

    /// <summary>The path, <c>usr/bin/jq</c>.</summary>
    public string Text { get; }

    /// <summary>The last component.</summary>
    public string Name => Text[(Text.LastIndexOf('/') + 1)..];

    /// <summary>The path without its last component; null for a top-level name.</summary>
    public RelativePath? Parent => Text.LastIndexOf('/') is var at and > 0 ? new RelativePath(Text[..at]) : null;

    /// <inheritdoc/>
    public override string ToString() => Text;

    /// <summary>Reads a path; refuses anything that is not inside.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out RelativePath? path) =>
        (path = IsValid(text) ? new RelativePath(text.ToString()) : null) is not null;

    /// <summary>Reads a path; refuses anything that is not inside.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out RelativePath? path) =>
        (path = IsValid(text) ? new RelativePath(text) : null) is not null;

    /// <summary>Reads a path that our own code vouches for.</summary>
    /// <exception cref="ArgumentException">It is not a relative path.</exception>
    public static RelativePath Of(string text) =>
        TryParse(text, out var path) ? path : throw new ArgumentException($"'{text}' is not a path inside a tree.", nameof(text));

    /// <summary>This path with one more component.</summary>
    /// <exception cref="ArgumentException">The name is no single component.</exception>
    public RelativePath Join(string name) => Of(Text + "/" + name);

    /// <summary>Byte order of the UTF-8 texts.</summary>
    public int CompareTo(RelativePath? other) => other is null ? 1 : CompareOrdinalUtf8(Text, other.Text);

    private static int CompareOrdinalUtf8(string left, string right)
    {
        var same = left.AsSpan().CommonPrefixLength(right);
        if (same == left.Length || same == right.Length)
        {
            return left.Length.CompareTo(right.Length);
        }

        // UTF-16 order differs from UTF-8 order only where surrogates meet U+E000..U+FFFF.
        var (a, b) = (left[same], right[same]);
        return char.IsSurrogate(a) != char.IsSurrogate(b) ? (char.IsSurrogate(a) ? 1 : -1) : a.CompareTo(b);
    }

    /// <summary>What nearly all paths are, seen at a glance: short, of ASCII, and with nothing in it that could be a name of other meaning.</summary>
    private static bool IsPlain(ReadOnlySpan<char> text) =>
        text.Length is > 0 and <= MaxComponentBytes && text[0] is not ('/' or '.') && text[^1] != '/'
        && Ascii.IsValid(text) && !text.Contains("//", StringComparison.Ordinal) && !text.Contains("/.", StringComparison.Ordinal);

    private static bool IsValid(ReadOnlySpan<char> text)
    {
        // A character takes a byte at least, so that no sum below can overflow.
        if (text.Length > MaxBytes || text.Contains('\0'))
        {
            return false;
        }

        if (IsPlain(text))
        {
            return true;
        }

        var (total, component, start) = (0, 0, 0);
        for (var i = 0; i <= text.Length; i++)
        {
            if (i == text.Length || text[i] == '/')
            {
                if (component is 0 or > MaxComponentBytes || text[start..i] is "." or "..")
                {
                    return false;
                }

                total += component + 1;
                (component, start) = (0, i + 1);
            }
            else if (!char.IsSurrogate(text[i]))
            {
                component += text[i] switch { < '\x80' => 1, < '\u0800' => 2, _ => 3 };
            }
            else if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                component += 4;
                i++;
            }
            else
            {
                return false;
            }
        }

        return total - 1 <= MaxBytes;
    }
}
