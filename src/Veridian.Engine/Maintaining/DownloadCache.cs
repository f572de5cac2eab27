using Veridian.Engine.Syncing;

namespace Veridian.Engine.Maintaining;

/// <summary>What the cache holds.</summary>
/// <param name="Folder">Where it is.</param>
/// <param name="Files">How many files.</param>
/// <param name="Bytes">Their sizes together.</param>
public sealed record CacheContents(string Folder, long Files, long Bytes);

/// <summary>The folder of downloads and metadata: safe to delete at any time.</summary>
public static class DownloadCache
{
    private static readonly TimeSpan Unfinished = TimeSpan.FromDays(1);
    private static readonly TimeSpan Resumable = TimeSpan.FromDays(30);

    /// <summary>Counts.</summary>
    public static CacheContents Measure(Workspace workspace)
    {
        var folder = workspace.Locations.Cache;
        var (files, bytes) = (0L, 0L);
        if (Directory.Exists(folder))
        {
            foreach (var file in new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories))
            {
                files++;
                bytes += file.Length;
            }
        }

        return new CacheContents(folder, files, bytes);
    }

    /// <summary>Deletes what commands that were stopped left half written, once nobody has touched it for a day. Downloads that a later command can take up again are kept for 30 days.</summary>
    internal static void ForgetUnfinished(Workspace workspace)
    {
        var now = workspace.Time.GetUtcNow();
        try
        {
            foreach (var file in new DirectoryInfo(workspace.Locations.Cache).EnumerateFiles("*", SearchOption.AllDirectories)
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
    public static CacheContents Clean(Workspace workspace)
    {
        var contents = Measure(workspace);
        if (Directory.Exists(contents.Folder))
        {
            Directory.Delete(contents.Folder, recursive: true);
        }

        return contents;
    }
}
