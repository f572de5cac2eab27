using System.Text;
using Veridian.Core.Hashing;
using Veridian.Engine.Environments.Activation;
using Veridian.Engine.Environments.Activation.Scripts;
using Veridian.Store;

namespace Veridian.Engine.Maintaining;

/// <summary>The runs of maintainer scripts that the cache keeps, and which of them still serve.</summary>
/// <remarks>Source: <c>spec/activation.md</c> A-16.</remarks>
internal static class ScriptRuns
{
    private const int MaxRecord = 64 << 20;
    private static readonly TimeSpan Wait = TimeSpan.FromMinutes(10);

    /// <summary>Removes the runs that no environment of the store is made of; a later build runs those scripts again.</summary>
    /// <param name="workspace">For the cache.</param>
    /// <param name="store">The store after, or before, what is gone left it.</param>
    /// <param name="gone">Environments that do not count.</param>
    /// <param name="dryRun">Only count.</param>
    /// <param name="cancellationToken">Stops between two runs.</param>
    /// <exception cref="Core.Errors.BusyException">An environment is being built still after ten minutes.</exception>
    public static (int Count, long Bytes) Collect(Workspace workspace, StoreFolder store, IReadOnlyCollection<Blake3Digest> gone, bool dryRun, CancellationToken cancellationToken)
    {
        var cache = new OutcomeCache(Path.Combine(workspace.Locations.Cache, ScriptSettings.CacheName));
        if (cache.List().Count == 0)
        {
            return (0, 0);
        }

        using var alone = dryRun ? null : cache.Alone(Wait, workspace.Time, cancellationToken);
        var serving = Serving(store, gone);
        var (count, bytes) = (0, 0L);
        foreach (var path in cache.List().Where(name => !serving.Contains(name)).Select(cache.PathOf))
        {
            cancellationToken.ThrowIfCancellationRequested();
            (count, bytes) = (count + 1, bytes + FolderSize.Of(path).Bytes);
            if (!dryRun)
            {
                UpperFolder.Open(path);
                OutcomeCache.Remove(path);
            }
        }

        return (count, bytes);
    }

    private static HashSet<string> Serving(StoreFolder store, IReadOnlyCollection<Blake3Digest> gone) => store.ListEnvironments().Except(gone)
        .SelectMany(id => ActivationRecordText.Read(Encoding.UTF8.GetString(BoundedFile.TryRead(Path.Combine(store.FolderOfEnvironment(id), GeneratedFiles.RecordFile), MaxRecord) ?? [])))
        .SelectMany(record => record.Ran).Select(script => script.Job.ToString()).ToHashSet(StringComparer.Ordinal);
}
