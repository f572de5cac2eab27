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
        var root = bench.PathOf("store-add/root");
        var nix = new NixStore(bench.PathOf("store-add/nix"));
        return new Contest(
            new Trial("vpkg store add", bench.Vpkg(root, "store", "add", tree)) { Reset = () => bench.Discard(root) },
            new Trial("nix-store --add (not durable)", nix.Command("--add", tree))
            {
                Reset = () =>
                {
                    bench.Fresh("store-add/nix");
                    nix.Configure();
                },
            },
            bench.Debs.DescribeTree());
    }
}
