using Veridian.Debian.MaintainerScripts;
using Veridian.Store.Trees;

namespace Veridian.Engine.Environments.Planning;

/// <summary>A package's wish that files of all others at a path lie elsewhere.</summary>
/// <param name="Package">Who wishes it; its own file keeps the path.</param>
/// <param name="Path">The path spoken of, inside the environment.</param>
/// <param name="NewPath">Where the others' file goes.</param>
/// <remarks>Source: <c>spec/environments.md</c> E-6.</remarks>
public sealed record Diversion(string Package, string Path, string NewPath)
{
    private const string DefaultEnding = ".distrib";

    /// <summary>
    /// Finds what a preinst surely diverts, and what it may divert and the package brings a file for: were that not diverted, the
    /// package could not be installed beside another one that has the path. The rest is left to the script itself.
    /// </summary>
    /// <param name="package">The package's name.</param>
    /// <param name="script">Its preinst.</param>
    /// <param name="entries">What it brings.</param>
    public static IReadOnlyList<Diversion> Read(string package, ReadOnlySpan<byte> script, IReadOnlyList<TreeEntry> entries)
    {
        var content = DiversionsReader.Read(script);
        var possible = content.Possible.Select(diverted => Of(package, diverted)).OfType<Diversion>().ToLookup(diversion => diversion.Path, StringComparer.Ordinal);
        var needed = possible.Count == 0 ? [] : entries.SelectMany(entry => possible[entry.Path.Text].Take(1));
        return [.. content.Understood.Select(diverted => Of(package, diverted)).OfType<Diversion>(), .. needed];
    }

    /// <summary>A diversion as dpkg records it: three lines each, the third names the package.</summary>
    public static IReadOnlyList<Diversion> ReadRecords(string records) =>
        [.. records.Split('\n').Chunk(3).Where(lines => lines.Length == 3).Select(lines => Of(lines[2], new DivertedPath(lines[0], lines[1]))).OfType<Diversion>()];

    /// <summary>The diversions as dpkg records them.</summary>
    public static string WriteRecords(IEnumerable<Diversion> diversions) =>
        string.Concat(diversions.Select(diversion => $"/{diversion.Path}\n/{diversion.NewPath}\n{diversion.Package}\n"));

    private static Diversion? Of(string package, DivertedPath diverted) =>
        TreePath.FromAbsolute(diverted.Path) is { } path ? new Diversion(package, path, TreePath.FromAbsolute(diverted.Divert) ?? path + DefaultEnding) : null;
}
