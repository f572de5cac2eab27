using Veridian.Engine.Adapters;
using Veridian.Fetch;
using Veridian.Fetch.Cache;
using Veridian.Fetch.Downloads;
using Veridian.Fetch.Http;

namespace Veridian.Engine.Repositories;

/// <summary>How this command reaches mirrors: proxies, credentials, cache folder; or not at all.</summary>
internal sealed class Network : IDisposable
{
    private readonly HttpFetcher? _http;

    public Network(Workspace workspace, HostDebian host)
    {
        Cache = new CacheFolder(workspace.Locations.Cache);
        _http = workspace.Settings.Offline ? null : new HttpFetcher(NetworkEnvironment.Read(workspace.Variable, host.Proxy("http"), host.Proxy("https")), workspace.Time);
        Fetcher = new FetcherByScheme(_http ?? (IFetcher)new OfflineFetcher(), new FileFetcher());
        Downloads = new DownloadSettings();
        Downloader = new Downloader(Fetcher, Cache, Downloads, workspace.Time);
    }

    public CacheFolder Cache { get; }

    public IFetcher Fetcher { get; }

    public DownloadSettings Downloads { get; }

    public Downloader Downloader { get; }

    public void Dispose() => _http?.Dispose();
}
