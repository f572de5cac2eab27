using System.Text;
using Veridian.Debian.MaintainerScripts;
using Veridian.Engine.Environments.Planning;

namespace Veridian.Engine.Environments.Activation;

/// <summary>The XML catalogues of an environment: one for each package that registers something, and one that leads to them.</summary>
/// <remarks>Source: <c>spec/activation.md</c> A-29. The same bytes as those of the package xml-core's own program.</remarks>
internal static class XmlCatalogs
{
    /// <summary>What it is called in records.</summary>
    public const string Effect = "xml-catalogs";

    /// <summary>The program that scripts call, which has nothing left to do.</summary>
    public const string Program = "usr/sbin/update-xmlcatalog";

    /// <summary>Where they lie.</summary>
    public const string Folder = "etc/xml/";

    private const string Frame = "usr/share/xml-core/catalog.";
    private const int FrameLimit = 1 << 16;

    /// <summary>What packages register, in order; null where the text of one of them does not tell, so that the program has to run for all.</summary>
    public static IReadOnlyList<XmlCatalogEntry>? Read(IEnumerable<PackageContents> packages)
    {
        XmlCatalogContent[] contents = [.. packages.Select(package => package.Script("postinst") is { } script ? XmlCatalogReader.Read(script.Span) : new XmlCatalogContent([], []))];
        return Array.TrueForAll(contents, content => content.NotUnderstood.Count == 0) ? [.. contents.SelectMany(content => content.Understood)] : null;
    }

    /// <summary>The files.</summary>
    /// <param name="entries">What packages register.</param>
    /// <param name="exists">Whether the tree has something at a path.</param>
    /// <param name="read">Reads a file of the tree up to a limit; null if it is not there.</param>
    public static IEnumerable<GeneratedFile> Files(IReadOnlyList<XmlCatalogEntry> entries, Func<string, bool> exists, Func<string, int, byte[]?> read)
    {
        if (entries.Count == 0 || read(Frame + "header", FrameLimit) is not { } header || read(Frame + "footer", FrameLimit) is not { } footer)
        {
            return [];
        }

        var own = entries.Where(entry => entry.Local is { } local && TreePath.FromAbsolute(local) is { } path && exists(path)).ToLookup(entry => entry.Package, StringComparer.Ordinal);
        var root = entries.Where(entry => entry.Local is null && own.Contains(entry.Package)).ToList();
        return own.Select(package => File(package.Key + ".xml", package, entry => $"file://{entry.Local}"))
            .Concat(root.Count == 0 ? [] : [File("catalog", root, entry => $"file:///{Folder}{entry.Package}.xml")]);

        GeneratedFile File(string name, IEnumerable<XmlCatalogEntry> registered, Func<XmlCatalogEntry, string> target)
        {
            var lines = registered.Select(entry => (Key: Key(entry), Line: $"<{Key(entry)} catalog=\"{target(entry)}\"/>\n"))
                .DistinctBy(line => line.Key).OrderBy(line => line.Key, StringComparer.Ordinal).Select(line => line.Line);
            return new GeneratedFile(Folder + name, [.. header, .. Encoding.ASCII.GetBytes(string.Concat(lines)), .. footer], null);
        }
    }

    private static string Key(XmlCatalogEntry entry) => entry.Kind == "URI" ? $"delegateURI uriStartString=\"{entry.Id}\"" : $"delegate{entry.Kind} {entry.Kind.ToLowerInvariant()}IdStartString=\"{entry.Id}\"";
}
