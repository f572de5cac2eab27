using Veridian.Benchmarks.Fixtures;
using Veridian.Benchmarks.Measuring;
using Veridian.Store;
using Veridian.Testing;

namespace Veridian.Benchmarks.Figures;

/// <summary>Verifying and collecting, against Nix on the same trees.</summary>
internal static class StoreUpkeep
{
    private const int Batch = 500; // what one command line holds

    /// <summary>Reads and hashes one large object.</summary>
    public static Contest Verify(Workbench bench)
    {
        Workbench.Need("nix-store");
        var (root, nix) = (bench.Fresh("verify/root"), new NixStore(bench.Fresh("verify/nix")));
        nix.Configure();
        bench.Prepare(bench.Vpkg(root, "store", "add", bench.Debs.Tree));
        var path = bench.Prepare(nix.Command("--add", bench.Debs.Tree)).Trim();
        return new Contest(
            new Trial("vpkg verify --store", bench.Vpkg(root, "verify", "--store")),
            new Trial("nix-store --verify-path", nix.Command("--verify-path", path)),
            bench.Debs.DescribeTree());
    }

    /// <summary>Finds out that 10,000 objects are dead.</summary>
    public static Contest Mark(Workbench bench)
    {
        const int Count = 10_000;
        Workbench.Need("nix-store");
        var (root, nix) = (bench.Fresh("mark/root"), new NixStore(bench.Fresh("mark/nix")));
        Fill(bench, root, nix, Count);
        return new Contest(
            new Trial("vpkg gc --dry-run", bench.Vpkg(root, "gc", "--dry-run")),
            new Trial("nix-store --gc --print-dead", nix.Command("--gc", "--print-dead")),
            $"{Count:N0} objects of 3 files");
    }

    /// <summary>Deletes 5,000 objects.</summary>
    public static Contest Delete(Workbench bench)
    {
        const int Count = 5_000;
        Workbench.Need("nix-store");
        var (root, nix) = (bench.Fresh("delete/root"), bench.Fresh("delete/nix"));
        Fill(bench, root, new NixStore(nix), Count);
        foreach (var folder in (string[])[root, nix])
        {
            bench.Discard(Kept(folder));
            Workbench.Move(folder, Kept(folder));
        }

        return new Contest(
            new Trial("vpkg gc", bench.Vpkg(root, "gc")) { Reset = () => Again(bench, root) },
            new Trial("nix-store --gc", new NixStore(nix).Command("--gc")) { Reset = () => Again(bench, nix) },
            $"{Count:N0} objects of 3 files");
    }

    private static string Kept(string folder) => folder + "-kept";

    // In the same place: both know objects by their paths.
    private static void Again(Workbench bench, string folder)
    {
        bench.Discard(folder);
        bench.Prepare(new Command("cp", "-a", Kept(folder), folder));
    }

    // The same trees for both: ours are made first, Nix adds them.
    private static void Fill(Workbench bench, string root, NixStore nix, int count)
    {
        var path = Path.Combine(root, "store");
        using (var store = StoreFolder.OpenOrCreate(path, new UnsyncedStoreFiles(), TimeProvider.System))
        {
            using var transaction = store.Begin(TestStore.Wait, CancellationToken.None);
            for (var i = 0; i < count; i++)
            {
                TestStore.StageSample(transaction, $"object-{i}");
            }

            transaction.Publish(CancellationToken.None);
        }

        nix.Configure();
        foreach (var batch in Directory.GetDirectories(Path.Combine(path, "objects")).Chunk(Batch))
        {
            bench.Prepare(nix.Command(["--add", .. batch]));
        }
    }
}
