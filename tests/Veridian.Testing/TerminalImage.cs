using System.Globalization;
using System.Text;

namespace Veridian.Testing;

/// <summary>Draws what a terminal showed as an SVG: bold and the eight colours, nothing else.</summary>
public static class TerminalImage
{
    private const double CharacterWidth = 8.4;
    private const int LineHeight = 19;
    private const int Margin = 16;
    private const int TitleBar = 28;

    private static readonly Dictionary<int, string> Colours = new()
    {
        [30] = "#484f58",
        [31] = "#ff7b72",
        [32] = "#56d364",
        [33] = "#e3b341",
        [34] = "#79c0ff",
        [35] = "#d2a8ff",
        [36] = "#56d4dd",
        [37] = "#c9d1d9",
    };

    /// <summary>The image. The same text always gives the same bytes.</summary>
    /// <param name="session">Lines with escape sequences; a line that starts with <c>$ </c> is a command.</param>
    public static string Draw(string session)
    {
        var lines = session.TrimEnd('\n').Split('\n');
        var width = (int)Math.Ceiling(lines.Max(line => Plain(line).Length) * CharacterWidth) + (2 * Margin);
        var height = TitleBar + (lines.Length * LineHeight) + Margin;
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" role=\"img\" aria-label=\"A terminal session with vpkg\">\n");
        svg.Append("<rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"#0d1117\"/>\n");
        foreach (var (at, colour) in new[] { (Margin, "#ff5f57"), (Margin + 20, "#febc2e"), (Margin + 40, "#28c840") })
        {
            svg.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{at + 5}\" cy=\"15\" r=\"5\" fill=\"{colour}\"/>\n");
        }

        svg.Append("<g font-family=\"ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace\" font-size=\"14\" fill=\"#c9d1d9\" xml:space=\"preserve\">\n");
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].Length > 0)
            {
                svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Margin}\" y=\"{TitleBar + ((i + 1) * LineHeight)}\">{Line(lines[i])}</text>\n");
            }
        }

        return svg.Append("</g>\n</svg>\n").ToString();
    }

    /// <summary>A line without its escape sequences.</summary>
    public static string Plain(string line) => string.Concat(Pieces(line).Select(piece => piece.Text));

    private static string Line(string line)
    {
        if (line.StartsWith("$ ", StringComparison.Ordinal))
        {
            return $"<tspan fill=\"#56d364\">$</tspan> <tspan font-weight=\"bold\" fill=\"#f0f6fc\">{Escape(line[2..])}</tspan>";
        }

        return string.Concat(Pieces(line).Select(piece => piece.Style.Length == 0 ? Escape(piece.Text) : $"<tspan{piece.Style}>{Escape(piece.Text)}</tspan>"));
    }

    private static IEnumerable<(string Text, string Style)> Pieces(string line)
    {
        var style = "";
        while (line.Length > 0)
        {
            var escape = line.IndexOf("\u001b[", StringComparison.Ordinal);
            if (escape != 0)
            {
                yield return (escape < 0 ? line : line[..escape], style);
                line = escape < 0 ? "" : line[escape..];
                continue;
            }

            var end = line.IndexOf('m', StringComparison.Ordinal);
            style = end < 0 ? "" : Style(line[2..end]);
            line = end < 0 ? "" : line[(end + 1)..];
        }
    }

    private static string Style(string codes)
    {
        var style = new StringBuilder();
        foreach (var code in codes.Split(';'))
        {
            style.Append(code switch
            {
                "1" => " font-weight=\"bold\"",
                "2" => " fill-opacity=\"0.6\"",
                _ when int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && Colours.TryGetValue(number, out var colour) => $" fill=\"{colour}\"",
                _ => "",
            });
        }

        return style.ToString();
    }

    private static string Escape(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
}
