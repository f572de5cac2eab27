namespace Veridian.Engine.Maintaining;

/// <summary>What the cache holds.</summary>
/// <param name="Folder">Where it is.</param>
/// <param name="Files">How many files.</param>
/// <param name="Bytes">Their sizes together.</param>
public sealed record CacheContents(string Folder, long Files, long Bytes);

/// <summary>The folder of downloads and metadata: safe to delete at any time.</summary>
public static class DownloadCache
{
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
