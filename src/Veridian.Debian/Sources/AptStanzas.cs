using System.Text;
using Veridian.Core.Errors;
using Veridian.Debian.Control;

namespace Veridian.Debian.Sources;

/// <summary>The deb822 syntax of <c>.sources</c> files.</summary>
/// <remarks>Source: <c>spec/debian-bridge.md</c> DB-16.</remarks>
internal static class AptStanzas
{
    internal static List<AptEntry> Read(string text, string file)
    {
        var entries = new List<AptEntry>();
        var start = 0;
        var lines = text.Split('\n');
        for (var i = 0; i <= lines.Length; i++)
        {
            if (i < lines.Length && lines[i].Trim().Length > 0)
            {
                continue;
            }

            // Comment lines may stand anywhere, also inside a value; the others keep their line numbers.
            var content = lines[start..i].Select((line, at) => (Line: line.TrimEnd('\r'), Number: start + at + 1)).Where(l => !l.Line.StartsWith('#')).ToArray();
            if (content.Length > 0)
            {
                entries.Add(Entry(content.Select(l => l.Line).ToArray(), new SourceSpan(file, content[0].Number, 0)));
            }

            start = i + 1;
        }

        return entries;
    }

    private static AptEntry Entry(string[] lines, SourceSpan place)
    {
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var fields = new Deb822Fields(Encoding.UTF8.GetBytes(string.Join('\n', lines)));
        while (fields.Next())
        {
            if (!values.TryAdd(Encoding.ASCII.GetString(fields.Name), Encoding.UTF8.GetString(fields.Value)))
            {
                return new AptEntry(place, lines[0], null, $"It has the field '{Encoding.ASCII.GetString(fields.Name)}' twice.");
            }
        }

        return fields.IsMalformed ? new AptEntry(place, lines[0], null, "It has a malformed line.") : new AptEntry(place, lines[0], Source(values, place));
    }

    private static AptSource Source(Dictionary<string, string> values, SourceSpan place)
    {
        string[] Words(string name) => values.GetValueOrDefault(name, "").Split([' ', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries);
        return new AptSource
        {
            Types = Words("Types"),
            Uris = Words("URIs"),
            Suites = Words("Suites"),
            Components = Words("Components"),
            SignedBy = AptSignedByReader.Read(values.GetValueOrDefault("Signed-By", "")),
            Architectures = Words("Architectures"),
            Enabled = values.GetValueOrDefault("Enabled", "yes").ToLowerInvariant() is not ("no" or "false" or "without" or "off" or "disable" or "0"),
            Place = place,
        };
    }
}
