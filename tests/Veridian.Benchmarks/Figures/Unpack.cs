using Veridian.Benchmarks.Fixtures;
using Veridian.Benchmarks.Measuring;

namespace Veridian.Benchmarks.Figures;

/// <summary>Three packages into a fresh store, against dpkg-deb.</summary>
internal static class Unpack
{
    public static Contest Prepare(Workbench bench)
    {
        var debs = bench.Debs;
        var (store, folder) = (bench.PathOf("unpack/store"), bench.PathOf("unpack/dpkg"));
        var ours = bench.Ourselves(["child", "unpack", store, .. debs.Files.SelectMany(file => new[] { file.Path, file.Sha256 })]);
        var theirs = new Command("sh", ["-ec", "for deb; do dpkg-deb -x \"$deb\" .; done; sync -f .", "sh", .. debs.Files.Select(file => file.Path)])
        {
            WorkingDirectory = folder,
        };
        return new Contest(
            new Trial("vpkg's store: SHA-256, unpack, hash, publish", ours) { Reset = () => bench.Discard(store) },
            new Trial("dpkg-deb -x, then sync -f", theirs) { Reset = () => bench.Fresh("unpack/dpkg") },
            $"{debs.Files.Count} packages, {debs.Bytes / 1e6:F0} MB; unpacked {debs.DescribeTree()}");
    }
}
