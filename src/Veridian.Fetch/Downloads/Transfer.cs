using Veridian.Core.Errors;

namespace Veridian.Fetch.Downloads;

/// <summary>Fills one partial file from one URL after another (M-5).</summary>
internal sealed class Transfer(IFetcher fetcher, HashedPartial partial, DownloadItem item, ITransferObserver observer)
{
    private readonly byte[] _buffer = new byte[128 * 1024];
    private Uri? _origin;
    private string? _validator;

    /// <summary>Tries a URL once; null if the file is now complete and verified.</summary>
    public async ValueTask<MirrorFailure?> TryAsync(Uri url, CancellationToken cancellationToken)
    {
        var resumed = partial.Length > 0;
        var failure = await AttemptAsync(url, cancellationToken);
        if (!resumed || failure?.Kind != MirrorFailureKind.WrongBytes || partial.Length > 0)
        {
            return failure;
        }

        // The beginning came from elsewhere and may have been the bad part: this server deserves a whole try.
        return await AttemptAsync(url, cancellationToken);
    }

    private async ValueTask<MirrorFailure?> AttemptAsync(Uri url, CancellationToken cancellationToken)
    {
        if (partial.Length == item.Size.Bytes && Verify(url, null) is null)
        {
            return null;
        }

        try
        {
            return await OpenAsync(url, partial.Length, cancellationToken);
        }
        catch (UnavailableException failed) when (failed.Code == ErrorCodes.DownloadFailed)
        {
            return new MirrorFailure(url, failed.Message, MirrorFailureKind.Passing);
        }
    }

    private async ValueTask<MirrorFailure?> OpenAsync(Uri url, long start, CancellationToken cancellationToken)
    {
        var request = new FetchRequest(url) { RangeStart = start, IfRange = url == _origin ? _validator : null };
        await using (var response = await fetcher.OpenAsync(request, cancellationToken))
        {
            var wrongRange = response.Status == FetchStatus.RangeRefused || response.Status == FetchStatus.Rest && response.RangeStart != start;
            if (!wrongRange)
            {
                return await ReceiveAsync(url, response, cancellationToken);
            }
        }

        // A server that cannot continue where we are is asked for everything.
        return start > 0
            ? await OpenAsync(url, 0, cancellationToken)
            : new MirrorFailure(url, $"'{ShownUrl.Of(url)}' answered with another range than asked for.", MirrorFailureKind.Passing);
    }

    private async ValueTask<MirrorFailure?> ReceiveAsync(Uri url, FetchResponse response, CancellationToken cancellationToken)
    {
        if (response.Status is FetchStatus.Missing or FetchStatus.NotModified)
        {
            return new MirrorFailure(url, $"'{ShownUrl.Of(url)}' has no such file.", MirrorFailureKind.Missing);
        }

        var wanted = item.Size.Bytes - response.RangeStart;
        if (response.Length is { } length && length != wanted)
        {
            return WrongSize(url, response, $"would send {length + response.RangeStart} bytes");
        }

        if (response.Status == FetchStatus.Whole && partial.Length > 0)
        {
            Restart();
        }

        (_origin, _validator) = (url, response.Validator.ETag);
        return await CopyAsync(url, response, cancellationToken) ?? Verify(url, response);
    }

    private async ValueTask<MirrorFailure?> CopyAsync(Uri url, FetchResponse response, CancellationToken cancellationToken)
    {
        for (int count; (count = await response.Body.ReadAsync(_buffer, cancellationToken)) > 0;)
        {
            // M-5: a body without end is stopped at its first byte too many.
            if (partial.Length + count > item.Size.Bytes)
            {
                Restart();
                return WrongSize(url, response, "sends more");
            }

            await partial.AppendAsync(_buffer.AsMemory(0, count), cancellationToken);
            observer.Received(item.Name, count);
        }

        return partial.Length == item.Size.Bytes
            ? null
            : new MirrorFailure(
                url, $"'{ShownUrl.Of(url)}' ended after {partial.Length} of {item.Size.Bytes} bytes.", MirrorFailureKind.Passing);
    }

    private MirrorFailure? Verify(Uri url, FetchResponse? response)
    {
        var digest = partial.Digest;
        if (digest == item.Digest)
        {
            return null;
        }

        Restart();
        return new MirrorFailure(
            url,
            $"'{ShownUrl.Of(url)}' sent bytes with SHA-256 {digest} where {item.Digest} is signed.{PageHint(response)}",
            MirrorFailureKind.WrongBytes,
            ErrorCodes.DigestMismatch);
    }

    private MirrorFailure WrongSize(Uri url, FetchResponse response, string what) => new(
        url,
        $"'{ShownUrl.Of(url)}' {what} where {item.Size.Bytes} bytes are signed.{PageHint(response)}",
        MirrorFailureKind.WrongBytes,
        ErrorCodes.SizeMismatch);

    private static string PageHint(FetchResponse? response) =>
        response?.MediaType == "text/html" ? " It is a web page, perhaps the login page of this network." : "";

    private void Restart()
    {
        observer.Received(item.Name, -partial.Length);
        partial.Restart();
    }
}
