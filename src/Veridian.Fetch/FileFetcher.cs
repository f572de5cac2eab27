namespace Veridian.Fetch;

/// <summary>Opens <c>file</c> URLs: a repository on a disk is used like one on a server.</summary>
public sealed class FileFetcher : IFetcher
{
    /// <inheritdoc/>
    public ValueTask<FetchResponse> OpenAsync(FetchRequest request, CancellationToken cancellationToken)
    {
        var url = request.Url;
        if (!url.IsFile || url.Host.Length > 0 && url.Host != "localhost")
        {
            throw TransferFailure.Of(url, "is no file on this computer");
        }

        try
        {
            return ValueTask.FromResult(Open(request));
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return ValueTask.FromResult(new FetchResponse(FetchStatus.Missing, Stream.Null));
        }
        catch (IOException cause) when (StorageFailure.IsShortage(cause))
        {
            throw StorageFailure.Of(url.LocalPath, cause); // no other mirror would help
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw TransferFailure.Of(url, $"cannot be read: {cause.Message.TrimEnd('.')}", cause);
        }
    }

    private static FetchResponse Open(FetchRequest request)
    {
        var file = new FileStream(request.Url.LocalPath, new FileStreamOptions { Options = FileOptions.SequentialScan, Share = FileShare.ReadWrite | FileShare.Delete });
        if (request.RangeStart > file.Length)
        {
            file.Dispose();
            return new FetchResponse(FetchStatus.RangeRefused, Stream.Null);
        }

        var status = request.RangeStart > 0 ? FetchStatus.Rest : FetchStatus.Whole;
        file.Position = request.RangeStart;
        return new FetchResponse(status, file) { RangeStart = request.RangeStart, Length = file.Length - request.RangeStart };
    }
}
