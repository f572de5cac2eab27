using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Veridian.Core.Hashing;
using Veridian.Posix;

namespace Veridian.Faults.Scenes;

/// <summary>All that a folder holds, as one digest: names, modes, contents, which names are one file, and what has not been touched for a day.</summary>
/// <remarks>The time of the run and random names are left out, so that runs that left the same leave one imprint.</remarks>
internal static partial class Imprint
{
    /// <summary>Takes it; null where more counts than that: a switch that was decided knows files by their inodes, and the database's log is full of random numbers.</summary>
    public static Blake3Digest? Of(string folder)
    {
        var lines = new List<string>();
        var files = new Dictionary<ulong, string>();
        using var root = DirectoryHandle.Open(folder);
        if (!TryAdd(root, "", DateTimeOffset.UtcNow.AddDays(-1).ToUnixTimeSeconds(), files, lines))
        {
            return null;
        }

        lines.Sort(StringComparer.Ordinal);
        return Blake3.Hash(Encoding.UTF8.GetBytes(string.Join('\n', lines)));
    }

    private static bool TryAdd(DirectoryHandle folder, string place, long yesterday, Dictionary<ulong, string> files, List<string> lines)
    {
        foreach (var entry in Entries.List(folder).OrderBy(entry => entry.Name, StringComparer.Ordinal))
        {
            if (Entries.Status(folder, entry.Name) is not { } status || entry.Name == "pending" || (entry.Name.EndsWith("-wal", StringComparison.Ordinal) && status.Size > 0))
            {
                return false;
            }

            var path = $"{place}/{RandomName().Replace(entry.Name, "*")}";
            var content = "";
            if (status.Type == EntryType.SymbolicLink)
            {
                content = Entries.ReadLink(folder, entry.Name);
            }
            else if (status.Type == EntryType.File && !files.TryGetValue(status.Inode, out content))
            {
                content = files[status.Inode] = $"{path} {ContentOf(folder.PathOf(entry.Name))}";
            }

            lines.Add(string.Create(CultureInfo.InvariantCulture, $"{path}\t{status.Type}\t{status.Mode}\t{status.Modified < yesterday}\t{content}"));
            if (status.Type == EntryType.Directory)
            {
                using var inner = DirectoryHandle.Open(folder.PathOf(entry.Name));
                if (!TryAdd(inner, path, yesterday, files, lines))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static Blake3Digest ContentOf(string path)
    {
        var bytes = File.ReadAllBytes(path);
        return Blake3.Hash(path.EndsWith(".deb", StringComparison.Ordinal) ? bytes : Encoding.Latin1.GetBytes(Time().Replace(Encoding.Latin1.GetString(bytes), "*")));
    }

    [GeneratedRegex("(?<![0-9a-f])[0-9a-f]{16}(?![0-9a-f])")]
    private static partial Regex RandomName();

    [GeneratedRegex(@"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")]
    private static partial Regex Time();
}
