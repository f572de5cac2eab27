using System.Text;
using System.Xml.Linq;

namespace Veridian.Unit.Tests.Architecture;

/// <summary>Draws the rule table. Also compiled into <c>eng/targets.cs</c>, for './build map'.</summary>
internal static class ArchitectureMap
{
    private const string Begin = "<!-- map: written by './build map' from the rule table -->";
    private const string End = "<!-- end of map -->";

    private static readonly string[] RingNames = ["pure", "effects", "use cases", "programs"];

    /// <summary>The document with the part between the markers drawn anew.</summary>
    /// <exception cref="InvalidOperationException">A marker is missing.</exception>
    public static string Replace(string document, string root)
    {
        var (begin, end) = (document.IndexOf(Begin, StringComparison.Ordinal), document.IndexOf(End, StringComparison.Ordinal));
        return begin < 0 || end < begin
            ? throw new InvalidOperationException($"The document lacks '{Begin}' or '{End}'.")
            : document[..begin] + Begin + "\n" + Draw(root) + document[end..];
    }

    private static string Draw(string root)
    {
        var text = new StringBuilder("```text\n");
        foreach (var ring in RingRules.Projects.GroupBy(project => project.Ring).OrderByDescending(ring => ring.Key))
        {
            text.Append($" ring {ring.Key}  {RingNames[ring.Key],-10} {string.Join("  ", ring.Select(project => Short(project.Name)))}\n");
            text.Append(ring.Key > 0 ? "                     |\n" : "");
        }

        text.Append("```\n\n| project | role | references | door to |\n|---|---|---|---|\n");
        foreach (var project in RingRules.Projects)
        {
            text.Append($"| **{project.Name}** | {project.Role} | {Listed(References(root, project.Name).Select(Short))} ");
            text.Append($"| {Listed(project.Doors.Select(door => $"{door.To} (`{door.Namespace}`)"))} |\n");
        }

        return text.ToString();
    }

    private static string Short(string project) => project["Veridian.".Length..];

    private static string Listed(IEnumerable<string> words) => string.Join(", ", words) is { Length: > 0 } list ? list : "-";

    private static IEnumerable<string> References(string root, string project) =>
        XDocument.Load(Path.Combine(root, "src", project, project + ".csproj"))
            .Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value));
}
