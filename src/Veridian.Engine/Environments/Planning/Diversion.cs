using Veridian.Debian.MaintainerScripts;

namespace Veridian.Engine.Environments.Planning;

/// <summary>A package's wish that files of all others at a path lie elsewhere.</summary>
/// <param name="Package">Who wishes it; its own file keeps the path.</param>
/// <param name="Path">The path spoken of, inside the environment.</param>
/// <param name="NewPath">Where the others' file goes.</param>
/// <remarks>Source: <c>spec/environments.md</c> E-6.</remarks>
public sealed record Diversion(string Package, string Path, string NewPath)
{
    private const string DefaultEnding = ".distrib";

    /// <summary>Finds what a preinst surely diverts; what its text does not tell is left to the script itself.</summary>
    public static IReadOnlyList<Diversion> Read(string package, ReadOnlySpan<byte> script) =>
        [.. DiversionsReader.Read(script).Understood.Select(diverted => Of(package, diverted)).OfType<Diversion>()];

    /// <summary>A diversion as dpkg records it: three lines each, the third names the package.</summary>
    public static IReadOnlyList<Diversion> ReadRecords(string records) =>
        [.. records.Split('\n').Chunk(3).Where(lines => lines.Length == 3).Select(lines => Of(lines[2], new DivertedPath(lines[0], lines[1]))).OfType<Diversion>()];

    /// <summary>The diversions as dpkg records them.</summary>
    public static string WriteRecords(IEnumerable<Diversion> diversions) =>
        string.Concat(diversions.Select(diversion => $"/{diversion.Path}\n/{diversion.NewPath}\n{diversion.Package}\n"));

    private static Diversion? Of(string package, DivertedPath diverted) =>
        TreePath.FromAbsolute(diverted.Path) is { } path ? new Diversion(package, path, TreePath.FromAbsolute(diverted.Divert) ?? path + DefaultEnding) : null;
}
