using Veridian.Engine.Profiles;
using Veridian.Debian.Control;
using Veridian.Solver.Indexing;

namespace Veridian.Engine.Syncing;

/// <summary>An open snapshot: the index to solve with and the records behind it.</summary>
public sealed class SyncedMetadata : IDisposable
{
    private readonly MappedFile?[] _texts;
    private readonly PackagesReader _reader = new(HostPlatform.Architecture);

    internal SyncedMetadata(MetadataSnapshot snapshot, PackageIndex index)
    {
        (Snapshot, Index) = (snapshot, index);
        _texts = new MappedFile?[snapshot.Suites.Count];
    }

    /// <summary>Which index files, from where.</summary>
    public MetadataSnapshot Snapshot { get; }

    /// <summary>The solver's index.</summary>
    public PackageIndex Index { get; }

    /// <summary>The suite a version of the index comes from.</summary>
    public SyncedSuite SuiteOf(int version) => Snapshot.Suites[Index.Record(version).Source];

    /// <summary>Everything the repository says of a version.</summary>
    public PackageRecord RecordOf(int version) => PackageRecordReader.Read(Stanza(version));

    /// <summary>What a lock says of a version. For one thread.</summary>
    public PackageArchive ArchiveOf(int version) => _reader.ReadArchive(Stanza(version));

    /// <summary>The whole text of an index file, for searching.</summary>
    public ReadOnlySpan<byte> TextOf(int source) => (_texts[source] ??= new MappedFile(Snapshot.Suites[source].TextPath)).GetSpan();

    /// <inheritdoc/>
    public void Dispose()
    {
        Index.Dispose();
        foreach (var text in _texts)
        {
            ((IDisposable?)text)?.Dispose();
        }
    }

    private ReadOnlySpan<byte> Stanza(int version)
    {
        var (source, offset, length) = Index.Record(version);
        return TextOf(source).Slice(checked((int)offset), length);
    }
}
