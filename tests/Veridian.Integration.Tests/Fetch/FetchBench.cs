using System.Security.Cryptography;
using Veridian.Core.Hashing;
using Veridian.Core.Units;
using Veridian.Fetch;
using Veridian.Fetch.Cache;
using Veridian.Fetch.Downloads;
using Veridian.Fetch.Http;

namespace Veridian.Integration.Tests.Fetch;

/// <summary>A cache in a temporary folder, a fetcher with short limits, and a record of what the observer heard.</summary>
internal sealed class FetchBench : ITransferObserver, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("vf");
    private readonly List<string> _events = [];

    public FetchBench(HttpSettings? http = null, DownloadSettings? settings = null)
    {
        Settings = settings ?? new DownloadSettings { Backoff = TimeSpan.Zero, BusyPoll = TimeSpan.FromMilliseconds(5) };
        Cache = new CacheFolder(_folder.FullName);
        Http = new HttpFetcher(http ?? Patient, TimeProvider.System);
        Fetcher = new FetcherByScheme(Http, new FileFetcher());
        Downloader = new Downloader(Fetcher, Cache, Settings, TimeProvider.System);
    }

    /// <summary>Limits that a busy machine does not reach.</summary>
    public static HttpSettings Patient { get; } = new() { ConnectTimeout = TimeSpan.FromMinutes(1), StallWindow = TimeSpan.FromMinutes(1) };

    /// <summary>Limits for servers that are meant to reach them.</summary>
    public static HttpSettings Quick { get; } = new() { ConnectTimeout = TimeSpan.FromSeconds(0.5), StallWindow = TimeSpan.FromSeconds(0.5) };

    public string Folder => _folder.FullName;

    public DownloadSettings Settings { get; }

    public CacheFolder Cache { get; }

    public HttpFetcher Http { get; }

    public IFetcher Fetcher { get; }

    public Downloader Downloader { get; }

    public long Received { get; private set; }

    public IReadOnlyList<string> Events => _events;

    /// <summary>A package file of pseudo-random bytes that depend on nothing but the length.</summary>
    public static byte[] Content(int length)
    {
        var content = new byte[length];
        new Random(length).NextBytes(content);
        return content;
    }

    public DownloadItem Item(byte[] content, params Uri[] urls)
    {
        var digest = new Sha256Digest(SHA256.HashData(content));
        return new DownloadItem("jq", urls, new ByteCount(content.Length), digest, Cache.Package(digest));
    }

    public string Partial(DownloadItem item) => Path.Combine(Cache.Partial, item.Digest + ".part");

    public void LeavePartial(DownloadItem item, byte[] bytes)
    {
        Directory.CreateDirectory(Cache.Partial);
        File.WriteAllBytes(Partial(item), bytes);
    }

    public async Task FetchAsync(DownloadItem item) => await Downloader.FetchAsync(item, this, CancellationToken.None);

    public void Started(string name, ByteCount? size, ByteCount already) => Add($"started {already.Bytes}/{size?.Bytes}");

    void ITransferObserver.Received(string name, long bytes)
    {
        lock (_events)
        {
            Received += bytes;
        }
    }

    public void Failed(string name, Uri url, string reason) => Add("failed " + reason);

    public void Finished(string name, bool fromCache) => Add(fromCache ? "cached" : "finished");

    public void Dispose()
    {
        Http.Dispose();
        _folder.Delete(recursive: true);
    }

    private void Add(string text)
    {
        lock (_events)
        {
            _events.Add(text);
        }
    }
}
