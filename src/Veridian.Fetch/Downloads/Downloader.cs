using System.Security.Cryptography;
using Veridian.Core.Errors;
using Veridian.Core.Hashing;
using Veridian.Core.Units;
using Veridian.Fetch.Cache;

namespace Veridian.Fetch.Downloads;

/// <summary>Brings one file whose digest is known to its final name: resume, verify, fail over.</summary>
/// <remarks>Source: <c>spec/mirrors.md</c> M-4 to M-7.</remarks>
public sealed class Downloader(IFetcher fetcher, CacheFolder cache, DownloadSettings settings, TimeProvider time)
{
    /// <summary>Returns when the file is under its final name and its digest was verified.</summary>
    /// <exception cref="UnavailableException">No URL has it; the message gives each one's reason.</exception>
    /// <exception cref="UntrustedException">What the URLs have is not what was signed.</exception>
    /// <exception cref="StorageException">The cache cannot be written.</exception>
    public async ValueTask FetchAsync(DownloadItem item, ITransferObserver observer, CancellationToken cancellationToken)
    {
        using var partial = await ClaimAsync(item, cancellationToken);
        if (partial is null)
        {
            observer.Finished(item.Name, fromCache: true);
            return;
        }

        await partial.ResumeAsync(item.Size.Bytes, cancellationToken);
        observer.Started(item.Name, item.Size, new ByteCount(partial.Length));
        var transfer = new Transfer(fetcher, partial, item, observer);
        var failures = await new MirrorRounds(settings, time).RunAsync(item.Urls, Attempt, cancellationToken);
        if (failures is not null)
        {
            throw Conclude(item, failures);
        }

        partial.Publish(item.Path);
        observer.Finished(item.Name, fromCache: false);

        async ValueTask<MirrorFailure?> Attempt(Uri url, CancellationToken token)
        {
            var failure = await WithDeadlineAsync(url, transfer, token);
            if (failure is not null)
            {
                observer.Failed(item.Name, url, failure.Reason);
            }

            return failure;
        }
    }

    /// <summary>Whether the file is already there under its final name; its bytes are hashed again (M-6). A wrong one is removed.</summary>
    /// <exception cref="StorageException">It cannot be read or removed.</exception>
    public static async ValueTask<bool> IsPresentAsync(DownloadItem item, CancellationToken cancellationToken)
    {
        try
        {
            var file = new FileStream(item.Path, new FileStreamOptions { Options = FileOptions.Asynchronous | FileOptions.SequentialScan, BufferSize = 0 });
            await using (file)
            {
                if (file.Length == item.Size.Bytes && new Sha256Digest(await SHA256.HashDataAsync(file, cancellationToken)) == item.Digest)
                {
                    return true;
                }
            }

            File.Delete(item.Path);
            return false;
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw StorageFailure.Of(item.Path, cause);
        }
    }

    // M-7: of several processes one downloads; the others wait and then find the file there.
    private async ValueTask<HashedPartial?> ClaimAsync(DownloadItem item, CancellationToken cancellationToken)
    {
        while (!await IsPresentAsync(item, cancellationToken))
        {
            if (HashedPartial.TryOpen(Path.Combine(cache.Partial, item.Digest + ".part")) is not { } partial)
            {
                await Task.Delay(settings.BusyPoll, time, cancellationToken);
            }
            else if (!File.Exists(item.Path))
            {
                return partial;
            }
            else
            {
                partial.Dispose();
            }
        }

        return null;
    }

    private async ValueTask<MirrorFailure?> WithDeadlineAsync(Uri url, Transfer transfer, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(settings.Deadline ?? Timeout.InfiniteTimeSpan, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            return await transfer.TryAsync(url, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new MirrorFailure(
                url, $"'{ShownUrl.Of(url)}' was not done after {settings.Deadline?.TotalSeconds:0.#} s.", MirrorFailureKind.Passing);
        }
    }

    private static VeridianException Conclude(DownloadItem item, IReadOnlyList<MirrorFailure> failures)
    {
        var message = $"Cannot download '{item.Name}'. {string.Join(" ", failures.Select(failure => failure.Reason))}";
        if (failures.FirstOrDefault(failure => failure.Code is not null) is { Code: { } code })
        {
            return new UntrustedException(code, message, "Run the command again later, or use another mirror.");
        }

        return failures.All(failure => failure.Kind == MirrorFailureKind.Missing)
            ? new UnavailableException(item.MissingCode, message, "Run 'vpkg update' and apply again, or add a mirror that keeps old versions.")
            : new UnavailableException(ErrorCodes.DownloadFailed, message, "Check the network, or add a mirror of the repository.");
    }
}
