using System.Security.Cryptography;
using Veridian.Benchmarks.Measuring;
using Veridian.Testing;

namespace Veridian.Benchmarks.Fixtures;

/// <summary>Three large packages with xz members, fetched once.</summary>
internal sealed class DebianPackages
{
    private static readonly string[] Names = ["openjdk-17-jre-headless", "libllvm14", "llvm-14-dev"];
    private readonly Workbench _bench;
    private string? _tree;

    private DebianPackages(Workbench bench, IReadOnlyList<(string Path, string Sha256)> files) => (_bench, Files) = (bench, files);

    /// <summary>The package files with their digests, largest first.</summary>
    public IReadOnlyList<(string Path, string Sha256)> Files { get; }

    /// <summary>Sum of their sizes.</summary>
    public long Bytes => Files.Sum(file => new FileInfo(file.Path).Length);

    /// <summary>All three unpacked into one folder by dpkg.</summary>
    public string Tree => _tree ??= Unpack();

    /// <summary>For the report: what the tree holds.</summary>
    public string DescribeTree() => TreeSize.Of(Tree).ToString();

    /// <summary>Fetches what is not there.</summary>
    /// <exception cref="SkippedException">There is no dpkg-deb, or no mirror.</exception>
    public static DebianPackages Prepare(Workbench bench)
    {
        Workbench.Need("dpkg-deb");
        var folder = Directory.CreateDirectory(bench.PathOf("debs")).FullName;
        var missing = Names.Where(name => Find(folder, name) is null).ToArray();
        if (missing.Length > 0)
        {
            Workbench.Need(Needs.Mirror);
            bench.Prepare(bench.Apt.Get(["download", .. missing]) with { WorkingDirectory = folder });
        }

        var files = Names.Select(name => Find(folder, name) ?? throw new SkippedException($"apt-get did not download {name}"));
        return new DebianPackages(bench, [.. files.OrderByDescending(file => new FileInfo(file).Length).Select(file => (file, Digest(file)))]);
    }

    private static string? Find(string folder, string name) => Directory.GetFiles(folder, name + "_*.deb").FirstOrDefault();

    private static string Digest(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    private string Unpack()
    {
        var tree = _bench.Fresh("tree");
        foreach (var (path, _) in Files)
        {
            _bench.Prepare(new Command("dpkg-deb", "-x", path, tree));
        }

        return tree;
    }
}
