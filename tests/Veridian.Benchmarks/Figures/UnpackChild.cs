using System.Security.Cryptography;
using Veridian.Debian.Archive;
using Veridian.Store;
using Veridian.Store.Files;
using Veridian.Store.Manifests;
using Veridian.Store.Transactions;
using ControlData = Veridian.Store.Manifests.ControlData;
using ControlMember = Veridian.Store.Manifests.ControlMember;

namespace Veridian.Benchmarks.Figures;

/// <summary>Our side of <see cref="Unpack"/>, one process: what the engine's realiser does once packages are downloaded, with the check of their digests.</summary>
internal static class UnpackChild
{
    private static readonly TimeSpan Wait = TimeSpan.FromMinutes(1);

    /// <summary>Takes the store's folder, then each package's path and SHA-256.</summary>
    public static int Run(IReadOnlyList<string> arguments)
    {
        using var store = StoreFolder.OpenOrCreate(arguments[0], new PosixStoreFiles(), TimeProvider.System);
        using var transaction = store.Begin(Wait, CancellationToken.None);
        var packages = arguments.Skip(1).Chunk(2).ToArray();
        var workers = Environment.ProcessorCount;
        var threads = Math.Max(1, workers / Math.Min(packages.Length, workers));
        var options = new ParallelOptions { MaxDegreeOfParallelism = workers };
        Parallel.ForEach(packages, options, package => Stage(transaction, package[0], package[1], threads));
        transaction.Publish(CancellationToken.None);
        return 0;
    }

    private static void Stage(StoreTransaction transaction, string path, string sha256, int threads)
    {
        using var archive = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
        if (Convert.ToHexStringLower(SHA256.HashData(archive)) != sha256)
        {
            throw new InvalidDataException($"'{path}' is not the package that was asked for.");
        }

        archive.Position = 0;
        var name = Path.GetFileNameWithoutExtension(path).Split('_');
        using var writer = transaction.Stage(name[0], Uri.UnescapeDataString(name[1]), name[2]);
        var contents = DebReader.Unpack(archive, writer, DebLimits.ForInstalledBytes(1L << 30), threads, CancellationToken.None);
        var control = ControlData.Of(contents.Control.Members.Select(member => new ControlMember(member.Name, member.Bytes.ToArray())));
        writer.Complete(control, new Origin(path, sha256, ""));
    }
}
