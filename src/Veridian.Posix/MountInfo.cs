using Veridian.Core.Text;

namespace Veridian.Posix;

/// <summary>Which folders are mounted by any process we may look at: a running environment names itself there.</summary>
/// <remarks>Source: <c>spec/store.md</c> ST-24.</remarks>
public static class MountInfo
{
    /// <summary>
    /// For every mount of every visible mount namespace: the path inside its file system (which is not the path a person sees
    /// where that file system is mounted below /) and the mount point. Processes that vanish or hide are passed over.
    /// </summary>
    public static IReadOnlyCollection<MountedFolder> OfAllProcesses() => Read("/proc");

    /// <summary>The same with another folder in the place of /proc.</summary>
    public static IReadOnlyCollection<MountedFolder> Read(string proc)
    {
        var mounts = new HashSet<MountedFolder>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var process in Directory.EnumerateDirectories(proc))
        {
            var id = System.IO.Path.GetFileName(process);
            if (!PlainNumber.TryRead(id, out int _) || !seen.Add(NamespaceOf(process)))
            {
                continue;
            }

            if (ProcText.TryRead(process + "/mountinfo") is { } text)
            {
                AddMounts(PathBytes.Decode(text), mounts);
            }
        }

        return mounts;
    }

    private static string NamespaceOf(string process)
    {
        try
        {
            return new FileInfo(process + "/ns/mnt").LinkTarget ?? process;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return process;
        }
    }

    private static void AddMounts(string text, HashSet<MountedFolder> mounts)
    {
        // 36 35 98:0 /inside/its/file/system /mount/point options ...
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var fields = line.Split(' ', 6);
            if (fields.Length == 6)
            {
                mounts.Add(new MountedFolder(Unescape(fields[3]), Unescape(fields[4])));
            }
        }
    }

    /// <summary>The kernel writes blank, tab, newline and backslash as three octal digits.</summary>
    private static string Unescape(string field) => field
        .Replace("\\040", " ", StringComparison.Ordinal)
        .Replace("\\011", "\t", StringComparison.Ordinal)
        .Replace("\\012", "\n", StringComparison.Ordinal)
        .Replace("\\134", "\\", StringComparison.Ordinal);
}

/// <summary>One mount.</summary>
/// <param name="Root">The mounted folder as a path inside its own file system.</param>
/// <param name="MountPoint">Where that process sees it.</param>
public sealed record MountedFolder(string Root, string MountPoint);
