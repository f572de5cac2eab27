using Veridian.Core.Errors;

namespace Veridian.Fetch;

/// <summary>Passes <c>http</c> and <c>https</c> to one fetcher and <c>file</c> to another; refuses any other scheme.</summary>
public sealed class FetcherByScheme(IFetcher network, IFetcher files) : IFetcher
{
    /// <inheritdoc/>
    public ValueTask<FetchResponse> OpenAsync(FetchRequest request, CancellationToken cancellationToken) => request.Url.Scheme switch
    {
        "http" or "https" => network.OpenAsync(request, cancellationToken),
        "file" => files.OpenAsync(request, cancellationToken),
        var scheme => throw new UnavailableException(
            ErrorCodes.DownloadFailed, $"'{request.Url}' has the scheme '{scheme}', which is not supported.", "Use an http, https or file URL."),
    };
}
