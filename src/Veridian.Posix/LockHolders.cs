using System.Globalization;
using System.Text;
using Veridian.Core.Text;

namespace Veridian.Posix;

/// <summary>Who holds a <c>flock</c>, for a message; the kernel's table may have changed when the person reads it.</summary>
public static class LockHolders
{
    /// <summary>For people: <c>process 1234 (vpkg)</c>, several joined by commas; "another command" if nobody can be named.</summary>
    public static string Describe(DirectoryHandle folder, string name)
    {
        var inode = Entries.Status(folder, name)?.Inode;
        var holders = inode is null || ProcText.TryRead("/proc/locks") is not { } text
            ? []
            : Find(Encoding.ASCII.GetString(text), inode.Value).Select(Describe).ToList();
        return holders.Count == 0 ? "another command" : string.Join(", ", holders);
    }

    /// <summary>Process ids in a text like /proc/locks: <c>1: FLOCK ADVISORY WRITE 1234 fe:00:131072 0 EOF</c>.</summary>
    internal static IEnumerable<int> Find(string locks, ulong inode)
    {
        var end = ":" + inode.ToString(CultureInfo.InvariantCulture);
        foreach (var line in locks.Split('\n'))
        {
            // A waiting process has an arrow as its second field, and so one field more.
            var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length >= 6 && fields[1] == "FLOCK" && fields[5].EndsWith(end, StringComparison.Ordinal)
                && PlainNumber.TryRead(fields[4], out int process) && process > 0)
            {
                yield return process;
            }
        }
    }

    private static string Describe(int process) =>
        ProcText.TryRead(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/comm")) is { } name
            ? string.Create(CultureInfo.InvariantCulture, $"process {process} ({Encoding.UTF8.GetString(name).Trim()})")
            : string.Create(CultureInfo.InvariantCulture, $"process {process}");
}
