using System.Text;

namespace Veridian.Debian.MaintainerScripts;

/// <summary>What a postinst says of XML catalogues.</summary>
/// <param name="Understood">Literal commands that surely run at configuration.</param>
/// <param name="NotUnderstood">Text of all other commands that name the tool and may run.</param>
public sealed record XmlCatalogContent(IReadOnlyList<XmlCatalogEntry> Understood, IReadOnlyList<string> NotUnderstood);

/// <summary>One delegation in an XML catalogue.</summary>
/// <param name="Package">Whose catalogue it is about.</param>
/// <param name="Kind"><c>Public</c>, <c>System</c> or <c>URI</c>.</param>
/// <param name="Id">What an identifier begins with that is delegated.</param>
/// <param name="Local">Absolute path of the catalogue that the package's own delegates to; null where the root catalogue delegates to the package's.</param>
public sealed record XmlCatalogEntry(string Package, string Kind, string Id, string? Local);

/// <summary>Finds <c>update-xmlcatalog --add</c> in the text of a postinst, without running it.</summary>
/// <remarks>Source: <c>spec/debian-bridge.md</c> DB-23.</remarks>
public static class XmlCatalogReader
{
    private const int MaxBytes = 1 << 20;
    private const string Tool = "update-xmlcatalog";

    /// <summary>Reads a shell script; of any other and of one above 1 MiB it says that nothing was understood, if it names the command at all.</summary>
    public static XmlCatalogContent Read(ReadOnlySpan<byte> script)
    {
        if (script.IndexOf("update-xmlcatalog"u8) < 0)
        {
            return new XmlCatalogContent([], []);
        }

        if (script.Length > MaxBytes || !ScriptSummary.IsShellScript(script))
        {
            return new XmlCatalogContent([], ["(the script is too long, or no shell script)"]);
        }

        var (understood, others) = (new List<XmlCatalogEntry>(), new List<string>());
        foreach (var command in ShellReader.Read(Encoding.UTF8.GetString(script), ScriptCall.Configure)
            .Where(command => command.Runs != Truth.No && command.Words.Any(word => word.Text.Contains(Tool, StringComparison.Ordinal))))
        {
            if (command.IsCertain && command.Words.All(word => word.IsLiteral) && TryParse([.. command.Words.Select(word => word.Text)]) is { } entry)
            {
                understood.Add(entry);
            }
            else
            {
                others.Add(command.Text);
            }
        }

        return new XmlCatalogContent(understood, others);
    }

    private static XmlCatalogEntry? TryParse(string[] words)
    {
        var (flags, values) = (new HashSet<string>(StringComparer.Ordinal), new Dictionary<string, string>(StringComparer.Ordinal));
        for (var i = 1; i < words.Length; i++)
        {
            switch (words[i])
            {
                case "--add" or "--sort" or "--root":
                    flags.Add(words[i]);
                    break;
                case "--type" or "--id" or "--package" or "--local" when i + 1 < words.Length && words[i + 1].All(c => c is > ' ' and < '\x7f' and not ('"' or '<' or '>') || (c == ' ' && words[i] == "--id")):
                    values[words[i]] = words[++i];
                    break;
                default:
                    return null;
            }
        }

        var kind = values.GetValueOrDefault("--type") switch { "public" => "Public", "system" => "System", "uri" => "URI", _ => null };
        var local = values.GetValueOrDefault("--local");
        return words[0] == Tool && flags.Contains("--add") && flags.Contains("--sort") && flags.Contains("--root") == local is null && local is null or ['/', ..]
            && kind is not null && values.TryGetValue("--id", out var id) && values.TryGetValue("--package", out var package) && Core.Packages.PackageName.IsValid(package)
            ? new XmlCatalogEntry(package, kind, id, local)
            : null;
    }
}
