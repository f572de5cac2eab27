using System.Globalization;
using System.Text;

namespace Veridian.Build.Sandbox;

/// <summary>How the kernel itself keeps a command from having too many processes, before anybody could count them.</summary>
/// <remarks>
/// Source: <c>spec/sandbox.md</c> B-13. A command that doubles its processes has all that the machine can give within a tenth of a
/// second, and nothing else on the machine can start a thread then.
/// </remarks>
public static class ProcessGuard
{
    /// <summary>From here on <c>kernel.pid_max</c> is a setting of each process namespace. Below, root would change the whole machine's.</summary>
    public static Version CountsInNamespaces { get; } = new(6, 14);

    /// <summary>From here on <c>RLIMIT_NPROC</c> counts within a user namespace. It never holds for whoever is root outside.</summary>
    public static Version CountsInUserNamespaces { get; } = new(5, 14);

    /// <summary>The low numbers, which the kernel gives out once only, when a namespace is new.</summary>
    private const int Reserved = 300;

    /// <summary>What shells and others say when the kernel refuses a process.</summary>
    internal static IReadOnlyList<byte[]> Refusals { get; } = [.. new[] { "Cannot fork", "an't fork", "fork: retry", "fork: Resource temporarily unavailable" }.Select(Encoding.ASCII.GetBytes)];

    /// <summary>Lines of a shell in the namespace around the command's; empty where nothing is limited, or the kernel knows no such limit.</summary>
    /// <param name="limits">What the command may use.</param>
    /// <param name="kernel">The kernel's release.</param>
    public static string Lines(SandboxLimits limits, Version kernel)
    {
        if (limits.RunningProcesses is not { } processes || kernel < CountsInUserNamespaces)
        {
            return "";
        }

        var number = (processes + Reserved).ToString(CultureInfo.InvariantCulture);
        var lines = $"ulimit -u {number} 2>/dev/null || ulimit -p {number} 2>/dev/null\n"; // bash's name of it, and dash's
        return kernel < CountsInNamespaces ? lines : $"{lines}{{ echo {number} > /proc/sys/kernel/pid_max; }} 2>/dev/null\n";
    }
}
