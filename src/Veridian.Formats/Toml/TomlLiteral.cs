using System.Buffers;
using System.Text;

namespace Veridian.Formats.Toml;

/// <summary>A value as TOML source text, on one line.</summary>
public sealed record TomlLiteral
{
    private static readonly SearchValues<char> Escaped = SearchValues.Create([.. Enumerable.Range(0, ' ').Select(code => (char)code), '"', '\\', '\x7F']);

    private TomlLiteral(string text) => Text = text;

    /// <summary>The source text.</summary>
    public string Text { get; }

    /// <inheritdoc/>
    public override string ToString() => Text;

    /// <summary>A basic string; control characters and DEL are escaped.</summary>
    public static TomlLiteral String(string value)
    {
        var text = new StringBuilder(value.Length + 2);
        AppendString(text, value);
        return new TomlLiteral(text.ToString());
    }

    /// <summary>A decimal integer.</summary>
    public static TomlLiteral Integer(long value) => new(value.ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <summary><c>true</c> or <c>false</c>.</summary>
    public static TomlLiteral Boolean(bool value) => new(value ? "true" : "false");

    /// <summary><c>["a", "b"]</c>.</summary>
    public static TomlLiteral Array(IEnumerable<TomlLiteral> items) => new("[" + string.Join(", ", items) + "]");

    /// <summary><c>{ a = 1, b = 2 }</c>, in the order given.</summary>
    public static TomlLiteral Table(IEnumerable<(string Key, TomlLiteral Value)> entries)
    {
        var inner = string.Join(", ", entries.Select(entry => $"{Key(entry.Key)} = {entry.Value}"));
        return new TomlLiteral(inner.Length == 0 ? "{}" : $"{{ {inner} }}");
    }

    /// <summary>A key: bare where TOML allows it, else quoted.</summary>
    public static string Key(string key)
    {
        var bare = key.Length > 0;
        foreach (var c in key)
        {
            bare &= char.IsAsciiLetterOrDigit(c) || c is '-' or '_';
        }

        return bare ? key : String(key).Text;
    }

    internal static void AppendString(StringBuilder text, string value)
    {
        if (!value.AsSpan().ContainsAny(Escaped))
        {
            text.Append('"').Append(value).Append('"');
            return;
        }

        text.Append('"');
        foreach (var c in value)
        {
            _ = c switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\n' => text.Append("\\n"),
                '\t' => text.Append("\\t"),
                '\r' => text.Append("\\r"),
                < ' ' or '\x7F' => text.Append("\\u").Append(((int)c).ToString("X4", System.Globalization.CultureInfo.InvariantCulture)),
                _ => text.Append(c),
            };
        }

        text.Append('"');
    }
}
