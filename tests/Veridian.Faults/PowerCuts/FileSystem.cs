using System.Diagnostics;

namespace Veridian.Faults.PowerCuts;

/// <summary>A file system that the cuts are tried on.</summary>
/// <param name="Name">As mount knows it.</param>
/// <param name="Megabytes">The smallest disk that its tool accepts, rounded up.</param>
/// <param name="Make">The tool and its options; the device follows.</param>
internal sealed record FileSystem(string Name, int Megabytes, string[] Make)
{
    /// <summary>For a disk that is made again: its twin may be mounted still, in the sandbox of somebody else who started at that moment.</summary>
    public string MountOptions => Name == "xfs" ? "nouuid" : "defaults";

    public static IReadOnlyList<FileSystem> All { get; } =
    [
        new("ext4", 64, ["mkfs.ext4", "-q", "-F", "-E", "lazy_itable_init=0,lazy_journal_init=0"]),
        new("xfs", 320, ["mkfs.xfs", "-q", "-f"]),
        new("btrfs", 128, ["mkfs.btrfs", "-q", "-f"]),
    ];

    /// <summary>Why it cannot be used here; null where it can.</summary>
    public string? MissingReason =>
        !Environment.IsPrivilegedProcess ? "only root can mount disks"
        : !File.Exists("/dev/loop-control") || !File.Exists("/dev/fuse") ? "there is no loop device or no FUSE"
        : !File.ReadAllText("/proc/filesystems").Contains("\t" + Name + "\n", StringComparison.Ordinal) ? $"this kernel has no {Name}"
        : !((string[])["/usr/sbin", "/sbin", "/usr/bin"]).Any(folder => File.Exists(Path.Combine(folder, Make[0]))) ? $"{Make[0]} is not installed"
        : null;

    /// <summary>Runs a tool of the system.</summary>
    /// <exception cref="IOException">It failed.</exception>
    public static string Tool(params string[] words)
    {
        using var tool = Process.Start(new ProcessStartInfo(words[0], words[1..]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = tool.StandardError.ReadToEndAsync();
        var output = tool.StandardOutput.ReadToEnd();
        tool.WaitForExit();
        return tool.ExitCode == 0 ? output.Trim() : throw new IOException($"{string.Join(' ', words)} ended with {tool.ExitCode}: {error.Result}");
    }
}
