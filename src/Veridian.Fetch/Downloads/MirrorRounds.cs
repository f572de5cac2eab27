namespace Veridian.Fetch.Downloads;

/// <summary>Tries a list of URLs in order, several times, with growing pauses (M-4).</summary>
internal sealed class MirrorRounds(DownloadSettings settings, TimeProvider time)
{
    /// <summary>Runs attempts until one succeeds.</summary>
    /// <param name="urls">Best first.</param>
    /// <param name="attempt">Tries one URL; null means success.</param>
    /// <param name="cancellationToken">Ends the attempt and the pauses.</param>
    /// <returns>Null after success, else the last failure of each URL.</returns>
    public async ValueTask<IReadOnlyList<MirrorFailure>?> RunAsync(
        IReadOnlyList<Uri> urls, Func<Uri, CancellationToken, ValueTask<MirrorFailure?>> attempt, CancellationToken cancellationToken)
    {
        var failures = new Dictionary<Uri, MirrorFailure>();
        var pause = settings.Backoff;
        for (var round = 0; round < settings.Rounds; round++, pause *= 2)
        {
            var open = urls.Distinct().Where(url => !failures.TryGetValue(url, out var failure) || !failure.IsFinal).ToList();
            if (round > 0 && open.Count > 0)
            {
                await Task.Delay(pause, time, cancellationToken);
            }

            foreach (var url in open)
            {
                if (await attempt(url, cancellationToken) is not { } failure)
                {
                    return null;
                }

                failures[url] = failure;
            }
        }

        return [.. urls.Distinct().Select(url => failures[url])];
    }
}
