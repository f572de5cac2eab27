using System.Buffers;
using System.Globalization;
using System.Text;

namespace Veridian.Store.Text;

/// <summary>Texts in line-based files: backslash and control characters are written <c>\xHH</c>, so a field never holds a tab or a line end.</summary>
/// <remarks>Source: <c>store-format/README.md</c> F-3.</remarks>
internal static class FieldText
{
    private static readonly SearchValues<char> Escaped = SearchValues.Create([.. Enumerable.Range(0, ' ').Select(code => (char)code), '\\', '\x7f']);

    /// <summary>The escaped form.</summary>
    public static string Escape(string text)
    {
        if (IsPlain(text))
        {
            return text;
        }

        var escaped = new StringBuilder(text.Length + 8);
        foreach (var c in text)
        {
            _ = c is < ' ' or '\\' or '\x7f'
                ? escaped.Append(CultureInfo.InvariantCulture, $"\\x{(int)c:x2}")
                : escaped.Append(c);
        }

        return escaped.ToString();
    }

    private static bool IsPlain(string text) => !text.AsSpan().ContainsAny(Escaped);

    /// <summary>The text; null if it is not what <see cref="Escape"/> writes.</summary>
    public static string? Unescape(string field)
    {
        if (!field.Contains('\\', StringComparison.Ordinal))
        {
            return IsPlain(field) ? field : null;
        }

        var text = new StringBuilder(field.Length);
        for (var i = 0; i < field.Length; i++)
        {
            if (field[i] != '\\')
            {
                text.Append(field[i]);
            }
            else if (i + 3 < field.Length && field[i + 1] == 'x'
                && byte.TryParse(field.AsSpan(i + 2, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
            {
                text.Append((char)code);
                i += 3;
            }
            else
            {
                return null;
            }
        }

        return Escape(text.ToString()) == field ? text.ToString() : null;
    }
}
