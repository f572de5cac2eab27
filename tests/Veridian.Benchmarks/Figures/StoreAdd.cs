using Veridian.Benchmarks.Fixtures;
using Veridian.Benchmarks.Measuring;

namespace Veridian.Benchmarks.Figures;

/// <summary>A folder into a fresh store, against Nix; ours is durable at the end, Nix's is not.</summary>
internal static class StoreAdd
{
    public static Contest Prepare(Workbench bench)
    {
        Workbench.Need("nix-store");
        var tree = bench.Debs.Tree;
        var (root, nix) = (bench.PathOf("store-add/root"), bench.PathOf("store-add/nix"));
        var theirs = new Command("nix-store", "--add", tree)
        {
            Environment = new Dictionary<string, string>
            {
                ["NIX_REMOTE"] = "local",
                ["NIX_STORE_DIR"] = nix + "/store",
                ["NIX_STATE_DIR"] = nix + "/var",
                ["NIX_LOG_DIR"] = nix + "/log",
                ["NIX_CONF_DIR"] = nix + "/conf",
                ["HOME"] = nix,
            },
        };
        return new Contest(
            new Trial("vpkg store add", bench.Vpkg(root, "store", "add", tree)) { Reset = () => bench.Discard(root) },
            new Trial("nix-store --add (not durable)", theirs)
            {
                Reset = () =>
                {
                    var conf = Directory.CreateDirectory(Path.Combine(bench.Fresh("store-add/nix"), "conf"));
                    File.WriteAllText(Path.Combine(conf.FullName, "nix.conf"), "build-users-group =\n");
                },
            },
            bench.Debs.DescribeTree());
    }
}
