using Veridian.Engine.Environments.Activation.Scripts;
using Veridian.Engine.Syncing;

namespace Veridian.Engine.Maintaining;

/// <summary>What the cache holds.</summary>
/// <param name="Folder">Where it is.</param>
/// <param name="Files">How many files.</param>
/// <param name="Bytes">Their sizes together.</param>
/// <param name="Scripts">How many runs of maintainer scripts are kept.</param>
/// <param name="ScriptBytes">The part of <paramref name="Bytes"/> that they take.</param>
public sealed record CacheContents(string Folder, long Files, long Bytes, int Scripts, long ScriptBytes);

/// <summary>The folder of downloads, metadata and runs of scripts: safe to delete at any time.</summary>
/// <remarks>Source: <c>spec/activation.md</c> A-16.</remarks>
public static class DownloadCache
{
    private static readonly TimeSpan Unfinished = TimeSpan.FromDays(1);
    private static readonly TimeSpan Resumable = TimeSpan.FromDays(30);
    private static readonly TimeSpan Wait = TimeSpan.FromMinutes(10);

    /// <summary>Counts.</summary>
    public static CacheContents Measure(Workspace workspace)
    {
        var folder = workspace.Locations.Cache;
        var (all, scripts) = (FolderSize.Of(folder), FolderSize.Of(Path.Combine(folder, ScriptSettings.CacheName)));
        return new CacheContents(folder, all.Files, all.Bytes, new OutcomeCache(Path.Combine(folder, ScriptSettings.CacheName)).List().Count, scripts.Bytes);
    }

    /// <summary>
    /// Deletes what commands that were stopped left half written, here and beside the dates that the state folder keeps, once nobody has
    /// touched it for a day. Downloads that a later command can take up again are kept for 30 days. What scripts have written is none of
    /// that, whatever its name, and no link is followed.
    /// </summary>
    internal static void ForgetUnfinished(Workspace workspace)
    {
        ForgetUnfinished(workspace, workspace.Locations.Cache);
        ForgetUnfinished(workspace, FirstSeen.FolderOf(workspace.Locations));
    }

    private static void ForgetUnfinished(Workspace workspace, string folder)
    {
        var now = workspace.Time.GetUtcNow();
        var ofScripts = Path.Combine(workspace.Locations.Cache, ScriptSettings.CacheName) + "/";
        var below = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = true };
        try
        {
            foreach (var file in new DirectoryInfo(folder).EnumerateFiles("*", below)
                .Where(file => !file.FullName.StartsWith(ofScripts, StringComparison.Ordinal))
                .Where(file => (CacheFile.IsUnfinished(file.Name) && now - file.LastWriteTimeUtc > Unfinished)
                    || (file.Directory?.Name == "partial" && now - file.LastWriteTimeUtc > Resumable)))
            {
                file.Delete();
            }
        }
        catch (Exception harmless) when (harmless is IOException or UnauthorizedAccessException)
        {
            // What cannot be removed only takes space.
        }
    }

    /// <summary>Deletes everything in it and tells what that was.</summary>
    /// <param name="workspace">For the folder.</param>
    /// <param name="cancellationToken">Stops the wait for those who build.</param>
    /// <exception cref="Core.Errors.BusyException">An environment is being built still after ten minutes.</exception>
    public static CacheContents Clean(Workspace workspace, CancellationToken cancellationToken)
    {
        var folder = workspace.Locations.Cache;
        if (!Directory.Exists(folder))
        {
            return Measure(workspace);
        }

        using var alone = new OutcomeCache(Path.Combine(folder, ScriptSettings.CacheName)).Alone(Wait, workspace.Time, cancellationToken);
        var contents = Measure(workspace);
        Directory.Delete(folder, recursive: true);
        return contents;
    }
}
