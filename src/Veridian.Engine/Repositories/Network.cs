using System.Text;
using Veridian.Engine.Progress;
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
        _http = workspace.Settings.Offline ? null : new HttpFetcher(Settings(workspace, host), workspace.Time);
        Fetcher = new FetcherByScheme(_http ?? (IFetcher)new OfflineFetcher(), new FileFetcher());
        Downloads = new DownloadSettings();
        Downloader = new Downloader(Fetcher, Cache, Downloads, workspace.Time);
    }

    public CacheFolder Cache { get; }

    public IFetcher Fetcher { get; }

    public DownloadSettings Downloads { get; }

    public Downloader Downloader { get; }

    public void Dispose() => _http?.Dispose();

    private static HttpSettings Settings(Workspace workspace, HostDebian host)
    {
        string? Variable(string name) => workspace.Variable(name) is { Length: > 0 } lower ? lower : workspace.Variable(name.ToUpperInvariant());
        return new HttpSettings
        {
            Proxy = ProxyRules.From(host.HttpProxy() ?? Variable("http_proxy"), Variable("https_proxy"), Variable("no_proxy")),
            Credentials = Credentials(workspace),
        };
    }

    private static Netrc Credentials(Workspace workspace)
    {
        var home = workspace.Variable("HOME") is { Length: > 0 } folder ? folder : "/";
        var path = workspace.Variable("NETRC") is { Length: > 0 } named ? named : Path.Combine(home, ".netrc");
        return BoundedFile.TryRead(path, 1 << 20) is { } bytes ? Netrc.Parse(path, Encoding.UTF8.GetString(bytes)) : Netrc.Empty;
    }
}
