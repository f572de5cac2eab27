using System.Security.Cryptography;
using Veridian.Core.Errors;
using Veridian.Core.Hashing;
using Veridian.Fetch.Cache;
using Veridian.Fetch.Downloads;
using Veridian.Trust;
using Veridian.Trust.OpenPgp;
using Veridian.Trust.Releases;

namespace Veridian.Fetch.Metadata;

/// <summary>Brings a repository's release text and its index files, verified.</summary>
/// <remarks>Source: <c>spec/trust.md</c> and <c>spec/mirrors.md</c> M-8.</remarks>
public sealed class ReleaseIndexFetcher(
    IFetcher fetcher, Downloader downloader, CacheFolder cache, IOpenPgpVerifier verifier, IReleaseHistory history, DownloadSettings settings, TimeProvider time)
{
    // A signed size is no reason to fill a disk with one list; Debian's largest has 50 MB.
    private const long MaxIndexBytes = 2L << 30;

    private static readonly string[] SignedNames = ["InRelease"];
    private static readonly string[] UnsignedNames = ["InRelease", "Release"];

    /// <summary>Fetches what changed, from the first mirror that has a release which can be believed.</summary>
    /// <exception cref="UntrustedException">No mirror has such a release; the message gives each one's reason.</exception>
    /// <exception cref="UnavailableException">No mirror answers, or the tool that verifies is not there.</exception>
    /// <exception cref="StorageException">The cache cannot be written.</exception>
    public async ValueTask<FetchedRelease> FetchAsync(RepositorySource source, ITransferObserver observer, CancellationToken cancellationToken)
    {
        new DebianReleaseTrust(source.Subject, source.Policy).RequireKeys(source.Keyrings);
        FetchedRelease? fetched = null;
        var causes = new Dictionary<Uri, VeridianException>();
        var failures = await new MirrorRounds(settings, time).RunAsync(source.Urls, Attempt, cancellationToken);
        return failures is null ? fetched! : throw Conclude(source, [.. failures.Select(failure => causes[failure.Url])]);

        async ValueTask<MirrorFailure?> Attempt(Uri mirror, CancellationToken token)
        {
            try
            {
                fetched = await FromMirrorAsync(source, mirror, observer, token);
                return fetched is null ? Failed(mirror, NoSuchSuite(source, mirror), MirrorFailureKind.Missing) : null;
            }
            catch (UntrustedException cause)
            {
                return Failed(mirror, cause, MirrorFailureKind.WrongBytes);
            }
            catch (UnavailableException cause) when (cause.Code == ErrorCodes.DownloadFailed)
            {
                return Failed(mirror, cause, MirrorFailureKind.Passing);
            }
        }

        MirrorFailure Failed(Uri mirror, VeridianException cause, MirrorFailureKind kind)
        {
            causes[mirror] = cause;
            observer.Failed(source.Subject.ToString(), mirror, cause.Message);
            return new MirrorFailure(mirror, cause.Message, kind);
        }
    }

    /// <summary>What an earlier fetch left here, verified again; null if it is not complete. Uses no network.</summary>
    /// <exception cref="UntrustedException">It can no longer be believed, for example because it has expired.</exception>
    public async ValueTask<FetchedRelease?> OpenCachedAsync(RepositorySource source, CancellationToken cancellationToken)
    {
        new DebianReleaseTrust(source.Subject, source.Policy).RequireKeys(source.Keyrings);
        var cached = new CachedRelease(cache, source.Subject);
        if (await cached.ReadAsync(cancellationToken) is not { } content)
        {
            return null;
        }

        var release = await VerifyAsync(source, content, cancellationToken);
        var items = IndexItems(source, release, cached, source.Urls[0]);
        foreach (var (_, item) in items)
        {
            if (!await Downloader.IsPresentAsync(item, cancellationToken))
            {
                return null;
            }
        }

        return Result(source, release, cached, content, unchanged: true, items);
    }

    /// <summary>The release as one mirror has it; null if it has no such suite.</summary>
    private async ValueTask<FetchedRelease?> FromMirrorAsync(RepositorySource source, Uri mirror, ITransferObserver observer, CancellationToken cancellationToken)
    {
        var cached = new CachedRelease(cache, source.Subject);
        var known = await cached.ReadAsync(cancellationToken);
        if (await AskAndVerifyAsync(source, mirror, known is null ? null : cached, known, cancellationToken) is not (var answer, var release))
        {
            return null;
        }

        var content = answer.Content ?? known!;

        // T-8: the floor rises as soon as the text is believed, also if its index files cannot be had.
        history.Remember(source.Subject, release.Value.Date);
        var items = IndexItems(source, release, cached, mirror);
        foreach (var (_, item) in items)
        {
            await downloader.FetchAsync(item, observer, cancellationToken);
        }

        // Saved last: what the cache calls the release always has its index files.
        var unchanged = known is not null && known.AsSpan().SequenceEqual(content);
        if (answer.Content is not null)
        {
            cached.Save(content, answer.Url, answer.Validator);
        }

        var result = Result(source, release, cached, content, unchanged, items);
        cached.Prune(result.Indexes, time.GetUtcNow());
        return result;
    }

    private async ValueTask<(Answer Answer, Trusted<ReleaseText> Release)?> AskAndVerifyAsync(
        RepositorySource source, Uri mirror, CachedRelease? cached, byte[]? known, CancellationToken cancellationToken)
    {
        var answer = await AskAsync(source, mirror, cached, cancellationToken);
        try
        {
            return answer is null ? null : (answer, await VerifyAsync(source, answer.Content ?? known!, cancellationToken));
        }
        catch (UntrustedException) when (answer!.Content is null)
        {
            // "Not modified" says nothing about our copy, which may be damaged: ask for all of it.
            answer = await AskAsync(source, mirror, null, cancellationToken);
            return answer is null ? null : (answer, await VerifyAsync(source, answer.Content!, cancellationToken));
        }
    }

    private async ValueTask<Answer?> AskAsync(RepositorySource source, Uri mirror, CachedRelease? cached, CancellationToken cancellationToken)
    {
        foreach (var name in source.Policy.Unsigned ? UnsignedNames : SignedNames)
        {
            var url = RepositoryLayout.Url(mirror, source.Suite, name);
            var request = new FetchRequest(url) { Known = cached?.ValidatorOf(url) };
            await using var response = await fetcher.OpenAsync(request, cancellationToken);
            if (response.Status == FetchStatus.NotModified)
            {
                return new Answer(url, null, response.Validator);
            }

            if (response.Status == FetchStatus.Whole)
            {
                return new Answer(url, await ReadAsync(url, response, cancellationToken), response.Validator);
            }
        }

        return null;
    }

    private static UnavailableException NoSuchSuite(RepositorySource source, Uri mirror) => new(
        ErrorCodes.DownloadFailed,
        $"'{ShownUrl.Of(RepositoryLayout.Url(mirror, source.Suite, "InRelease"))}' does not exist.",
        "Check the repository's URL and the name of the suite.");

    private static async ValueTask<byte[]> ReadAsync(Uri url, FetchResponse response, CancellationToken cancellationToken)
    {
        var content = await LimitedBody.ReadAsync(response.Body, cancellationToken);
        return response.MediaType == "text/html" && !ClearSignedMessage.LooksSigned(content)
            ? throw TransferFailure.Of(url, "answered with a web page, perhaps the login page of this network")
            : content;
    }

    private async ValueTask<Trusted<ReleaseText>> VerifyAsync(RepositorySource source, byte[] content, CancellationToken cancellationToken)
    {
        var trust = new DebianReleaseTrust(source.Subject, source.Policy);
        var lastSeen = history.LastSeen(source.Subject);
        var now = time.GetUtcNow();
        if (source.Policy.Unsigned && !ClearSignedMessage.LooksSigned(content))
        {
            return trust.AcceptUnsigned(content, lastSeen, now);
        }

        var message = ClearSignedMessage.Read(source.Subject.ToString(), content);
        return source.Policy.Unsigned
            ? trust.AcceptUnsigned(message.UnverifiedText, lastSeen, now)
            : trust.Accept(await verifier.VerifyAsync(message, source.Keyrings, cancellationToken), lastSeen, now);
    }

    private static List<(FetchedIndex Index, DownloadItem Item)> IndexItems(
        RepositorySource source, Trusted<ReleaseText> release, CachedRelease cached, Uri mirror)
    {
        var name = source.Subject.ToString();
        var files = ReleaseFileList.Read(name, release);
        var fields = ReleaseFields.Read(name, release.Value.Payload.Span);
        var items = new List<(FetchedIndex, DownloadItem)>();
        foreach (var (component, architecture) in Wanted(source, fields))
        {
            var file = RepositoryLayout.FindIndex(files, component, architecture) ?? throw new UntrustedException(
                ErrorCodes.MetadataMalformed,
                $"'{name}' lists no packages for component '{component}' and architecture '{architecture}'.",
                "Check the components and architectures that the profile names.");
            var index = new FetchedIndex(component, architecture, file.Path, cached.IndexPath(file), file.Size, file.Digest);
            items.Add((index, Item(source, file, index, mirror, fields.AcquireByHash)));
        }

        return items;
    }

    private static IEnumerable<(string Component, string Architecture)> Wanted(RepositorySource source, ReleaseFields fields) => source.Suite.EndsWith('/')
        ? [("", "")]
        : from component in source.Components
          from architecture in source.Architectures
          where architecture != "all" || fields.HasIndexForAll
          select (component, architecture);

    private static DownloadItem Item(RepositorySource source, ReleaseFile file, FetchedIndex index, Uri mirror, bool byHash)
    {
        if (file.Size.Bytes > MaxIndexBytes)
        {
            throw new UntrustedException(
                ErrorCodes.MetadataMalformed, $"'{source.Subject}' lists '{file.Path}' with {file.Size}, which is too large.", "Tell the repository's owner.");
        }

        var mirrors = source.Urls.Where(url => url != mirror).Prepend(mirror).ToList();
        var plain = mirrors.Select(url => RepositoryLayout.Url(url, source.Suite, file.Path));
        var urls = byHash ? mirrors.Select(url => RepositoryLayout.ByHash(url, source.Suite, file)).Concat(plain) : plain;
        return new DownloadItem($"{source.Suite} {file.Path}", [.. urls], file.Size, file.Digest, index.Path) { MissingCode = ErrorCodes.DownloadFailed };
    }

    private static FetchedRelease Result(
        RepositorySource source, Trusted<ReleaseText> release, CachedRelease cached, byte[] content, bool unchanged, List<(FetchedIndex Index, DownloadItem Item)> items) => new(
        source.Subject, release, cached.ReleasePath, new Sha256Digest(SHA256.HashData(content)), unchanged, [.. items.Select(item => item.Index)]);

    // One mirror's own error is the clearest; of several, distrust weighs more than absence.
    private static VeridianException Conclude(RepositorySource source, IReadOnlyList<VeridianException> causes)
    {
        var first = causes.FirstOrDefault(cause => cause is UntrustedException) ?? causes[0];
        var message = causes.Count == 1 ? first.Message : $"No mirror of '{source.Subject}' can be used. {string.Join(" ", causes.Select(cause => cause.Message))}";
        return first is UntrustedException
            ? new UntrustedException(first.Code, message, first.Hint, first)
            : new UnavailableException(first.Code, message, first.Hint, first);
    }

    private sealed record Answer(Uri Url, byte[]? Content, FetchValidator Validator);
}
