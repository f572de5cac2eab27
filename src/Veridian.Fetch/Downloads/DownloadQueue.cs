namespace Veridian.Fetch.Downloads;

/// <summary>Brings many files, several at once.</summary>
public sealed class DownloadQueue(Downloader downloader, DownloadSettings settings)
{
    /// <summary>Returns when all are there. The first failure stops the others; what they have so far is kept for the next run.</summary>
    /// <exception cref="Core.Errors.VeridianException">What the first failed download threw.</exception>
    public async ValueTask FetchAllAsync(IReadOnlyCollection<DownloadItem> items, ITransferObserver observer, CancellationToken cancellationToken)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = settings.Parallel, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(items, options, (item, token) => downloader.FetchAsync(item, observer, token));
    }
}
