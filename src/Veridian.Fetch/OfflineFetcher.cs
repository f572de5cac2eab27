using Veridian.Core.Errors;

namespace Veridian.Fetch;

/// <summary>Stands in for the network when the person forbade it. Opens no socket (M-9).</summary>
public sealed class OfflineFetcher : IFetcher
{
    /// <inheritdoc/>
    public ValueTask<FetchResponse> OpenAsync(FetchRequest request, CancellationToken cancellationToken) => throw new UnavailableException(
        ErrorCodes.Offline, $"'{request.Url}' is needed, but the network must not be used.", "Run the command again without '--offline'.");
}
