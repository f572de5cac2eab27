using System.Text;
using Veridian.Core.Errors;

namespace Veridian.Formats.Toml;

/// <summary>The house form of a TOML text: what it means and what people wrote in comments stays, blanks are made even.</summary>
/// <remarks>Source: <c>spec/toml.md</c> TO-10.</remarks>
public static class TomlLayout
{
    /// <summary>The text in its house form. Doing it twice changes nothing more.</summary>
    /// <exception cref="InvalidInputException"><see cref="ErrorCodes.TomlSyntax"/>: it cannot be read.</exception>
    public static byte[] Format(ReadOnlySpan<byte> utf8, string fileName)
    {
        var layout = new List<TomlStatement>();
        var source = TomlDocument.Open(utf8, fileName);
        var before = TomlTaggedJson.Write(new TomlParser(source, layout).Parse());
        // Entries in braces are part of the value around them.
        var statements = layout.Where(statement => statement.Section.Origin != TomlTableOrigin.Inline).ToDictionary(statement => LineOf(source, statement.KeyStart));
        var text = new StringBuilder();
        var blank = 0;
        for (var at = source.Start; at < source.End;)
        {
            var statement = statements.GetValueOrDefault(at);
            var end = LineEnd(source, statement?.End ?? at);
            var line = statement is null ? source.Decode(at, end).Trim() : Statement(source, statement, end);
            at = Math.Min(end + 1, source.End);
            blank = line.Length == 0 ? blank + 1 : 0;
            if (blank > 1 || (blank == 1 && text.Length == 0))
            {
                continue;
            }

            if (line.StartsWith('[') && statement is { Entry: null })
            {
                SetApart(text);
            }

            text.Append(line).Append('\n');
        }

        while (text.Length > 1 && text[^1] == '\n' && text[^2] == '\n')
        {
            text.Length--;
        }

        var bytes = Encoding.UTF8.GetBytes(text.ToString());
        return TomlTaggedJson.Write(TomlDocument.Parse(bytes, fileName)).AsSpan().SequenceEqual(before)
            ? bytes
            : throw new VeridianBugException(ErrorCodes.Unexpected, $"Formatting '{fileName}' would have changed its meaning; it was left alone.", "Report the file.");
    }

    private static string Statement(TomlSource source, TomlStatement statement, int lineEnd)
    {
        var rest = source.Decode(statement.End, lineEnd).Trim();
        var comment = rest.Length > 0 ? " " + rest : "";
        if (statement.Entry is null)
        {
            return source.Decode(statement.KeyStart, statement.End) + comment;
        }

        // Between key and value stand blanks and one equals sign.
        var key = source.Decode(statement.KeyStart, statement.ValueStart).TrimEnd()[..^1].TrimEnd();
        return $"{key} = {source.Decode(statement.ValueStart, statement.End).Replace("\r\n", "\n", StringComparison.Ordinal)}{comment}";
    }

    // A header has an empty line before it and its comments.
    private static void SetApart(StringBuilder text)
    {
        var at = text.Length;
        while (at > 0)
        {
            var start = at - 1;
            while (start > 0 && text[start - 1] != '\n')
            {
                start--;
            }

            if (text[start] != '#')
            {
                break;
            }

            at = start;
        }

        if (at > 1 && !(text[at - 1] == '\n' && text[at - 2] == '\n'))
        {
            text.Insert(at, '\n');
        }
    }

    private static int LineOf(TomlSource source, int at)
    {
        while (at > source.Start && source.Text[at - 1] != '\n')
        {
            at--;
        }

        return at;
    }

    private static int LineEnd(TomlSource source, int at)
    {
        while (at < source.End && source.Text[at] != '\n')
        {
            at++;
        }

        return at;
    }
}
