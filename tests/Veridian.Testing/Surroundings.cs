using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Veridian.Testing;

/// <summary>Looks once per process at what the machine offers to tests.</summary>
public static class Surroundings
{
    private static readonly ConcurrentDictionary<Needs, string?> Seen = new();

    /// <summary>Why a test with these needs cannot run here, as one line; null where it can.</summary>
    public static string? MissingReason(Needs needs)
    {
        var reasons = Enum.GetValues<Needs>()
            .Where(need => need != Needs.None && needs.HasFlag(need))
            .Select(need => Seen.GetOrAdd(need, Look))
            .OfType<string>()
            .ToList();
        return reasons.Count == 0 ? null : string.Join("; ", reasons);
    }

    private static string? Look(Needs need) => need switch
    {
        Needs.TestData => TestData.MissingReason,
        Needs.Bubblewrap => Bubblewrap(),
        Needs.Mirror => AptMirror.MissingReason,
        Needs.DpkgDeb => Tool("dpkg-deb"),
        Needs.Gpgv => Tool("gpgv"),
        Needs.Xz => Tool("xz"),
        Needs.UnprivilegedUser => Environment.IsPrivilegedProcess ? Tool("setpriv") : null,
        Needs.Bash => Tool("bash"),
        Needs.Zsh => Tool("zsh"),
        Needs.Fish => Tool("fish"),
        Needs.Python => Tool("python3"),
        Needs.Z3 => NativeLibrary.TryLoad("libz3.so.4", out _) ? null : "libz3.so.4 is not installed",
        Needs.NamespaceLimits => Environment.OSVersion.Version >= new Version(6, 14) ? null : "the kernel is older than 6.14",
        Needs.XmlCore => File.Exists("/usr/sbin/update-xmlcatalog") && File.Exists("/var/lib/dpkg/info/xml-core.postinst") ? null : "xml-core is not installed",
        _ => throw new ArgumentOutOfRangeException(nameof(need)),
    };

    private static string? Bubblewrap()
    {
        if (Tool("bwrap") is { } missing)
        {
            return missing;
        }

        var start = new ProcessStartInfo("bwrap", ["--unshare-user", "--ro-bind", "/", "/", "/bin/true"])
        {
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        using var child = Process.Start(start)!;
        var said = child.StandardError.ReadToEnd().Trim();
        child.WaitForExit();
        return child.ExitCode == 0 ? null : $"bwrap cannot make a user namespace here: {said}";
    }

    private static string? Tool(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, name)))
            ? null
            : $"{name} is not installed";
}
