using Veridian.Posix;

namespace Veridian.Engine.Syncing;

/// <summary>Files of the cache: made whole and durable under another name, then renamed. They may vanish at any time, so the name itself needs no sync.</summary>
internal static class CacheFile
{
    private const string Suffix = ".new";

    /// <summary>Whether a file of that name is being written, or was when its writer was stopped.</summary>
    public static bool IsUnfinished(string name) => name.EndsWith(Suffix, StringComparison.Ordinal);

    /// <summary>Writes a file so that a reader sees all of it or none.</summary>
    public static void Write(string path, Action<Stream> content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var fresh = $"{path}.{Environment.ProcessId}-{Environment.CurrentManagedThreadId}{Suffix}";
        try
        {
            using (var stream = new FileStream(fresh, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16))
            {
                content(stream);
                stream.Flush();
                Durable.SyncOpened(stream.SafeFileHandle, fresh); // else a power cut may leave the name with half the content, and it would be believed
            }

            File.Move(fresh, path, overwrite: true);
        }
        finally
        {
            File.Delete(fresh);
        }
    }
}
