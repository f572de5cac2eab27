namespace Veridian.Benchmarks.Fixtures;

/// <summary>What a folder holds; no symbolic link is followed or counted.</summary>
/// <param name="Files">Regular files.</param>
/// <param name="Folders">Folders below it.</param>
/// <param name="Bytes">Sum of the files' sizes.</param>
internal readonly record struct TreeSize(int Files, int Folders, long Bytes)
{
    /// <summary>Counts.</summary>
    public static TreeSize Of(string folder)
    {
        var real = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };
        var (files, folders, bytes) = (0, 0, 0L);
        foreach (var entry in new DirectoryInfo(folder).EnumerateFileSystemInfos("*", real))
        {
            if (entry is FileInfo file)
            {
                files++;
                bytes += file.Length;
            }
            else
            {
                folders++;
            }
        }

        return new TreeSize(files, folders, bytes);
    }

    public override string ToString() => $"{Files:N0} files in {Folders:N0} folders, {Bytes / 1e6:F0} MB";
}
