using System.Runtime.CompilerServices;
using Veridian.Core.Hashing;
using Veridian.Core.Paths;
using Veridian.Posix;
using Veridian.Store.Blobs;
using Veridian.Store.Files;
using Veridian.Store.Transactions;

namespace Veridian.Store.Collecting;

/// <summary>Has the code of a mark and of deleting compiled on another core while the command line is still being read.</summary>
public static class CollectCompilation
{
    /// <summary>Begins; returns at once.</summary>
    public static void Begin() => EarlyCompilation.Begin(Compile);

    // The order is that of use.
    internal static void Compile()
    {
        EarlyCompilation.SmallFileReads();
        RuntimeHelpers.PrepareDelegate(StoreFolder.OpenOrCreate);
        RuntimeHelpers.PrepareDelegate(Entries.List);
        RuntimeHelpers.PrepareDelegate(StagingSweep.KeptNames);
        _ = RunningEnvironments.In(MountInfo.Read("/proc/self/task")); // laid out like /proc, and short
        var (path, content) = (StorePath.Create(Blake3.Hash([]), "a", "1"), new BlobKey(Blake3.Hash([]), Executable: false));
        _ = StorePath.TryParse(path.Text, out _);
        _ = BlobKey.TryParse(content.Path[..2], content.Path[3..], out _);
        _ = MarkedTrees.Of([path], [], LiveSet.Mark([], [], new Dictionary<Blake3Digest, IReadOnlyList<StorePath>>()), []);
        StoreThreads.ForEach([path], static _ => { }, CancellationToken.None);
    }
}
