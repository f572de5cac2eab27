using Veridian.Fetch.Cache;
using Veridian.Fetch.Downloads;
using Veridian.Trust.OpenPgp;

namespace Veridian.Fetch.Metadata;

/// <summary>Brings a repository's release text and its index files, verified.</summary>
/// <remarks>Source: <c>spec/trust.md</c> and <c>spec/mirrors.md</c> M-8.</remarks>
public sealed class ReleaseIndexFetcher(
    IFetcher fetcher, Downloader downloader, CacheFolder cache, IOpenPgpVerifier verifier, IReleaseHistory history, TimeProvider time)
{
    /// <summary>Fetches what changed.</summary>
    /// <exception cref="Core.Errors.UntrustedException">No mirror has a release that can be believed.</exception>
    /// <exception cref="Core.Errors.UnavailableException">No mirror answers.</exception>
    public ValueTask<FetchedRelease> FetchAsync(RepositorySource source, ITransferObserver observer, CancellationToken cancellationToken) =>
        throw new NotSupportedException($"{fetcher}{downloader}{cache}{verifier}{history}{time}");

    /// <summary>What an earlier fetch left here, verified again; null if it is not complete. Uses no network.</summary>
    /// <exception cref="Core.Errors.UntrustedException">It can no longer be believed, for example because it has expired.</exception>
    public ValueTask<FetchedRelease?> OpenCachedAsync(RepositorySource source, CancellationToken cancellationToken) =>
        throw new NotSupportedException($"{fetcher}{downloader}{cache}{verifier}{history}{time}");
}
