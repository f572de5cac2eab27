namespace Veridian.Fetch.Downloads;

/// <summary>Brings one file whose digest is known to its final name: resume, verify, fail over.</summary>
/// <remarks>Source: <c>spec/mirrors.md</c> M-4 to M-7.</remarks>
public sealed class Downloader(IFetcher fetcher, Cache.CacheFolder cache, DownloadSettings settings, TimeProvider time)
{
    /// <summary>Returns when the file is under its final name and its digest was verified.</summary>
    /// <exception cref="Core.Errors.UnavailableException">No URL has it; the message gives each one's reason.</exception>
    /// <exception cref="Core.Errors.UntrustedException">What the URLs have is not what was signed.</exception>
    public ValueTask FetchAsync(DownloadItem item, ITransferObserver observer, CancellationToken cancellationToken) =>
        throw new NotSupportedException($"{fetcher}{cache}{settings}{time}");
}
