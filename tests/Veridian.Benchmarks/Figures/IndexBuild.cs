using Veridian.Benchmarks.Fixtures;
using Veridian.Benchmarks.Measuring;
using Veridian.Benchmarks.Solving;

namespace Veridian.Benchmarks.Figures;

/// <summary>From package lists to the index that solving reads.</summary>
internal static class IndexBuild
{
    public static Contest Debian(Workbench bench)
    {
        var apt = bench.Apt;
        return new Contest(
            new Trial("read the lists and write the index", bench.Ourselves(["child", "index", bench.PathOf("debian.index"), .. apt.Files])) { ByProcessor = true },
            new Trial("apt-cache gencaches", apt.Cache("gencaches")) { Reset = apt.ForgetCaches, ByProcessor = true },
            $"{apt.CountPackages():N0} packages");
    }

    public static Contest Million(Workbench bench)
    {
        var files = BareUniverse.Synthetic(bench, 100_000, 10);
        return new Contest(
            new Trial("read the list and write the index", bench.Ourselves(["child", "index", bench.PathOf("million.index"), .. files])) { ByProcessor = true },
            Trial.Constant(TimeSpan.FromSeconds(10)),
            $"{new FileInfo(files[0]).Length / 1_000_000} MB of list");
    }
}
