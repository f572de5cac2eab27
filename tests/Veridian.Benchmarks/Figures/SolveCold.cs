using Veridian.Benchmarks.Fixtures;
using Veridian.Benchmarks.Measuring;
using Veridian.Benchmarks.Solving;
using Veridian.Testing;
using Veridian.Testing.Solving;

namespace Veridian.Benchmarks.Figures;

/// <summary>A selection from nothing, written as a lock, against apt with its cache warm.</summary>
internal static class SolveCold
{
    private const string Package = "task-gnome-desktop";

    /// <summary>So many names, drawn by a seed, need about 10,000 packages of a Debian release.</summary>
    private const int ManyNames = 1700;

    public static Contest Prepare(Workbench bench) => Prepare(bench, [Package]);

    /// <summary>Names that can be had together and need about 10,000 packages.</summary>
    public static Contest PrepareLarge(Workbench bench)
    {
        using var index = DebianUniverse.Read(bench.Apt.Files);
        return Prepare(bench, SatisfiableNames.Draw(index, ManyNames));
    }

    private static Contest Prepare(Workbench bench, IReadOnlyList<string> packages)
    {
        var apt = bench.Apt;
        Workbench.Need(Needs.Mirror);
        var (root, project) = (bench.Fresh("solve/root"), bench.Fresh("solve/project"));
        var lockFile = Path.Combine(project, "vpkg.lock");
        File.WriteAllText(Path.Combine(project, "vpkg.toml"), "[packages]\n" + string.Concat(packages.Select(package => $"\"{package}\" = \"*\"\n")));
        bench.Prepare(bench.Vpkg(root, "lock", "-f", project));
        var theirs = apt.Get(["--print-uris", "-y", "--no-install-recommends", "install", .. packages]);
        var chosen = bench.Prepare(theirs).Split('\n').Count(line => line.StartsWith('\''));
        var locked = File.ReadLines(lockFile).Count(line => line.Contains("sha256 = ", StringComparison.Ordinal));
        return new Contest(
            new Trial("vpkg lock --offline", bench.Vpkg(root, "lock", "--offline", "-f", project)) { Reset = () => File.Delete(lockFile) },
            new Trial("apt-get --print-uris install", theirs),
            $"{apt.CountPackages():N0} packages in the index; apt selects {chosen}, vpkg {locked} with the essential ones");
    }
}
