using System.Text;

namespace Veridian.Posix;

/// <summary>Which run of this machine we are in: what an earlier boot left behind has no owner any more.</summary>
public static class BootId
{
    /// <summary>The kernel's random id of this boot, 36 characters; "unknown" where /proc hides it.</summary>
    public static string Read() =>
        ProcText.TryRead("/proc/sys/kernel/random/boot_id") is { Length: > 0 } text ? Encoding.ASCII.GetString(text).Trim() : "unknown";
}
