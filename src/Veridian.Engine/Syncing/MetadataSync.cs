using Veridian.Core.Errors;
using Veridian.Core.Hashing;
using Veridian.Engine.Adapters;
using Veridian.Engine.Progress;
using Veridian.Engine.Repositories;
using Veridian.Fetch.Metadata;
using Veridian.Formats.Compression;

namespace Veridian.Engine.Syncing;

/// <summary>Brings the metadata of a profile's repositories into the cache, verified, and opens it for solving.</summary>
internal sealed class MetadataSync(Workspace workspace, RepositoryPlan plan, Network network)
{
    /// <summary>How old cached metadata may be before a solve asks the mirrors again.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromHours(1);

    private const long MaxIndexBytes = 2L << 30;

    private string Folder => Path.Combine(workspace.Locations.Cache, "index");

    /// <summary>The cached metadata where it is fresh enough, or the network is forbidden; else asks the mirrors.</summary>
    /// <param name="refresh">Ask the mirrors in any case.</param>
    /// <param name="cancellationToken">Ends the transfers.</param>
    public async ValueTask<SyncedMetadata> OpenAsync(bool refresh, CancellationToken cancellationToken)
    {
        var cached = TryCached();
        var usable = cached is not null && TellsOfThen(cached)
            && (workspace.Settings.Offline || (!refresh && workspace.Time.GetUtcNow() - cached.Synced < Fresh));
        return Open(usable ? cached! : await FetchAsync(cancellationToken));
    }

    /// <summary>The metadata of the last sync, however old; null where there is none.</summary>
    public SyncedMetadata? TryOpenCached() =>
        TryCached() is { } snapshot && TellsOfThen(snapshot) ? Open(snapshot) : null;

    /// <summary>Whether it was fetched late enough to say what was there at the time asked for: a later release may have come before that.</summary>
    private bool TellsOfThen(MetadataSnapshot snapshot) => plan.AsOf is null || snapshot.Synced >= plan.AsOf || plan.Suites.All(suite => suite.IsSnapshot);

    private SyncedMetadata Open(MetadataSnapshot snapshot)
    {
        if (plan.AsOf is { } time && snapshot.Suites.FirstOrDefault(suite => suite.Date > time) is { } later)
        {
            throw new UnavailableException(ErrorCodes.TimeNotKept,
                $"What {later.Key} had on {time:u} is not known: its release is of {later.Date:u}, and it does not say where earlier ones are.",
                $"Give repository '{later.Repository}' a 'snapshot' address, or ask for {later.Date:yyyy-MM-dd'T'HH:mm:ss'Z'} or later.");
        }

        return new SyncedMetadata(snapshot, IndexFile.Open(Folder, snapshot, HistoryOf));
    }

    private FirstSeen HistoryOf(SyncedSuite synced)
    {
        var suite = plan.Suites.First(suite => suite.Key == synced.Key);
        return FirstSeen.Read(FirstSeen.FolderOf(workspace.Locations), suite.Live, synced.Component, keep: !suite.IsSnapshot);
    }

    private string RecordPath()
    {
        var key = new System.Text.StringBuilder();
        foreach (var suite in plan.Suites)
        {
            key.AppendJoin(' ', suite.Key, suite.Priority, string.Join(',', suite.Source.Urls), string.Join(',', suite.Source.Components),
                string.Join(',', suite.Source.Architectures), suite.Source.Policy.Unsigned).Append('\n');
        }

        return Path.Combine(Folder, Blake3.Hash(System.Text.Encoding.UTF8.GetBytes(key.ToString())).ToString()[..32] + ".snapshot");
    }

    private MetadataSnapshot? TryCached() =>
        BoundedFile.TryRead(RecordPath(), 1 << 20) is { } bytes ? MetadataSnapshot.TryRead(bytes) : null;

    private async ValueTask<MetadataSnapshot> FetchAsync(CancellationToken cancellationToken)
    {
        workspace.Observer.On(new EngineEvent.Step("Refreshing package lists"));
        var history = new ReleaseHistory(Path.Combine(workspace.Locations.State, "releases"), workspace.Time);
        var verifier = new GpgvVerifier(workspace.Variable("PATH"), workspace.Variable("VPKG_NATIVE"), null, workspace.Time);
        var fetcher = new ReleaseIndexFetcher(network.Fetcher, network.Downloader, network.Cache, verifier, history, network.Downloads, workspace.Time);
        var observer = new TransferReport(workspace.Observer, workspace.Time);
        var releases = await Task.WhenAll(plan.Suites.Select(suite => fetcher.FetchAsync(suite.Source, observer, cancellationToken).AsTask()));
        var suites = new List<SyncedSuite>();
        foreach (var (suite, release) in plan.Suites.Zip(releases))
        {
            if (release.Release.Value.Unsigned)
            {
                workspace.Observer.On(new EngineEvent.Warning($"Repository '{suite.Repository}' is unsigned: nothing vouches for {suite.Suite}."));
            }

            suites.AddRange(release.Indexes.Select(index => Describe(suite, release, index)));
        }

        var snapshot = new MetadataSnapshot(workspace.Time.GetUtcNow(), suites);
        CacheFile.Write(RecordPath(), stream => stream.Write(snapshot.ToBytes()));
        return snapshot;
    }

    private SyncedSuite Describe(SuiteSource suite, FetchedRelease release, FetchedIndex index)
    {
        var text = Path.Combine(workspace.Locations.Cache, "lists", $"{index.Digest}.packages");
        if (!File.Exists(text))
        {
            Decompress(index, text);
        }

        return new SyncedSuite(
            suite.Repository, suite.Suite, index.Component, suite.Priority, suite.FromHost && !suite.IsSnapshot ? "" : suite.Source.Urls[0].ToString(),
            release.Release.Value.Date, release.ReleaseDigest, [.. release.Release.Value.Signers.Select(key => key.Text)], index.Digest, text);
    }

    private void Decompress(FetchedIndex index, string path) => CacheFile.Write(path, to =>
    {
        using var from = File.OpenRead(index.Path);
        if (!index.SignedPath.EndsWith(".xz", StringComparison.Ordinal) && !index.SignedPath.EndsWith(".gz", StringComparison.Ordinal))
        {
            from.CopyTo(to);
            return;
        }

        using var plain = Decompressor.Open(from, new DecompressionLimits { MaxOutputBytes = MaxIndexBytes }, workspace.Workers);
        plain.CopyTo(to, 1 << 17);
    });
}
