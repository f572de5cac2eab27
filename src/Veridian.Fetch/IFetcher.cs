namespace Veridian.Fetch;

/// <summary>Opens a URL. Wrappers of it add one thing each; only the one for HTTP opens sockets.</summary>
public interface IFetcher
{
    /// <summary>Asks for a URL once; the caller reads and disposes the answer.</summary>
    /// <param name="request">What to ask for.</param>
    /// <param name="cancellationToken">Ends the request and every later read of its body.</param>
    /// <returns>An answer whose <see cref="FetchResponse.Status"/> the caller branches on.</returns>
    /// <exception cref="Core.Errors.UnavailableException">The server cannot be reached, is too slow or answers anything else; reads of the body may throw it too.</exception>
    ValueTask<FetchResponse> OpenAsync(FetchRequest request, CancellationToken cancellationToken);
}
