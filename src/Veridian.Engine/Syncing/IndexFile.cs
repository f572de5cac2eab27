using Veridian.Engine.Profiles;
using Veridian.Debian.Control;
using Veridian.Solver.Indexing;

namespace Veridian.Engine.Syncing;

/// <summary>The solver's index of a snapshot, in the cache. A missing, damaged or foreign one is built anew.</summary>
internal static class IndexFile
{
    /// <summary>Opens the index of a snapshot; builds it first if need be, with the times at which its versions were first seen.</summary>
    public static PackageIndex Open(string folder, MetadataSnapshot snapshot, Func<SyncedSuite, FirstSeen> historyOf)
    {
        var path = Path.Combine(folder, $"{snapshot.ContentKey()}.index");
        if (File.Exists(path) && PackageIndex.TryOpen(new MappedFile(path).Memory, out var index, out _))
        {
            return index;
        }

        Build(path, snapshot, historyOf);
        return PackageIndex.Open(new MappedFile(path).Memory);
    }

    private static void Build(string path, MetadataSnapshot snapshot, Func<SyncedSuite, FirstSeen> historyOf)
    {
        var builder = new PackageIndexBuilder();
        Read(snapshot, historyOf, builder);
        CacheFile.Write(path, builder.Write);
    }

    // What the reader knows is dropped before the index is put together.
    private static void Read(MetadataSnapshot snapshot, Func<SyncedSuite, FirstSeen> historyOf, PackageIndexBuilder builder)
    {
        var reader = new PackagesReader(HostPlatform.Architecture);
        for (var source = 0; source < snapshot.Suites.Count; source++)
        {
            var suite = snapshot.Suites[source];
            var history = historyOf(suite);
            using var text = new MappedFile(suite.TextPath);
            var date = suite.Date.ToUnixTimeSeconds();
            reader.ReadEach(text.GetSpan(), source, suite.Priority, entry =>
            {
                entry.KnownSince = history.KnownSince(entry.Name, entry.Version, date);
                builder.Add(entry);
            });
            history.Save();
        }
    }
}
