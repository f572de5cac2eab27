using Veridian.Benchmarks.Fixtures;

namespace Veridian.Benchmarks.Solving;

/// <summary>Packages files without the fields that none of the solvers is asked to follow: libsolv reads them anyway and would be slowed down.</summary>
internal static class BareUniverse
{
    private static readonly string[] Left = ["Recommends:", "Suggests:", "Enhances:"];

    /// <summary>Copies of the files.</summary>
    public static IReadOnlyList<string> Of(Workbench bench, string name, IReadOnlyList<string> files)
    {
        var folder = bench.Fresh($"universe/{name}");
        var copies = new List<string>();
        foreach (var file in files)
        {
            copies.Add(Path.Combine(folder, Path.GetFileName(file)));
            File.WriteAllLines(copies[^1], File.ReadLines(file).Where(line => !Left.Any(field => line.StartsWith(field, StringComparison.Ordinal))));
        }

        return copies;
    }

    /// <summary>The made-up universe as a file.</summary>
    public static IReadOnlyList<string> Synthetic(Workbench bench, int names, int versions)
    {
        var file = Path.Combine(bench.Fresh($"universe/synthetic-{names}"), "Packages");
        using var stream = File.Create(file);
        new SyntheticUniverse(names, versions, seed: 1).Write(stream);
        return [file];
    }
}
