using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Veridian.Build.Sandbox;
using Veridian.Core.Text;
using Veridian.Engine.Adapters;
using Veridian.Engine.Running;

namespace Veridian.Engine.Examining;

/// <summary>What the machine has to offer: namespaces, libraries, tools, a clock.</summary>
internal static class HostExaminations
{
    // Signed metadata of this product's own first release; a clock before it was never set.
    private static readonly DateTimeOffset Earliest = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly (string Name, string Package)[] Libraries =
        [("libzstd.so.1", "libzstd1"), ("liblzma.so.5", "liblzma5"), ("libsqlite3.so.0", "libsqlite3-0"), ("libz3.so.4", "libz3-4")];

    private static readonly (string Name, string Package)[] Tools = [("bwrap", "bubblewrap"), ("gpgv", "gpgv")];

    public static IEnumerable<Examination> Of(Workspace workspace) =>
    [
        Examination.Of("libraries", MissingLibrary),
        Examination.Of("tools", () => MissingTool(workspace)),
        new("namespaces", token => NamespacesAsync(workspace, token)),
        .. HostGrants.Read(workspace.Variable("VPKG_HOST_ROOT") is { Length: > 0 } root ? root : "/").Findings.Select(Grant),
        Examination.Of("clock", () => Clock(workspace)),
    ];

    // What is not granted is a loss, not a fault: bubblewrap enters where a launcher may not, and one user is enough for most programs.
    private static Examination Grant(HostFinding finding) =>
        Examination.Of(finding.Topic, () => finding.Granted ? null : new Complaint(finding.Text, finding.Hint) { Works = true }) with { Praise = finding.Text };

    private static Complaint? MissingLibrary()
    {
        var missing = Libraries.Where(library => !NativeLibrary.TryLoad(library.Name, out _)).ToArray();
        return missing.Length == 0 ? null : new Complaint(
            $"Cannot load {string.Join(", ", missing.Select(library => library.Name))}.",
            $"Install {string.Join(" ", missing.Select(library => library.Package))} with the system's package tool.");
    }

    private static Complaint? MissingTool(Workspace workspace)
    {
        foreach (var (name, package) in Tools)
        {
            _ = NativeTool.Find(name, package, workspace.Variable("PATH"), workspace.Variable("VPKG_NATIVE"));
        }

        return null;
    }

    // The real thing, small: one command in a sandbox like those that activation and programs run in.
    private static async Task<Complaint?> NamespacesAsync(Workspace workspace, CancellationToken cancellationToken)
    {
        var sandbox = new BubblewrapSandbox(SandboxPrograms.FindBubblewrap(workspace.Variable("PATH") ?? "", workspace.Variable("VPKG_NATIVE")), prlimit: null);
        string[] folders = ["/usr", "/bin", "/lib", "/lib64", "/nix", "/gnu"];
        var result = await sandbox.RunAsync(
            new SandboxCommand
            {
                Arguments = ["true"],
                Root = [.. folders.Select(folder => new SandboxMount.Bind(folder, folder, Optional: true)), new SandboxMount.Processes(), new SandboxMount.Devices()],
                Variables = new Dictionary<string, string> { ["PATH"] = "/usr/bin:/bin" },
            },
            cancellationToken);
        return result.ExitCode == 0 ? null : new Complaint(
            $"A command in a sandbox ended with {result.ExitCode}: {result.Error.Text.Trim()}.", "Run 'bwrap --ro-bind / / true' to see more, and mend what it names.");
    }

    private static Complaint? Clock(Workspace workspace)
    {
        var now = workspace.Time.GetUtcNow();
        var newest = NewestRelease(Path.Combine(workspace.Locations.State, "releases")) is { } seen && seen > Earliest ? seen : Earliest;
        return now + TimeSpan.FromHours(1) >= newest ? null : new Complaint(
            string.Create(CultureInfo.InvariantCulture, $"The clock says {now.UtcDateTime:yyyy-MM-dd HH:mm} UTC, but metadata of {newest.UtcDateTime:yyyy-MM-dd HH:mm} UTC was already seen here."),
            "Set the clock, for example with 'timedatectl set-ntp true'.");
    }

    private static DateTimeOffset? NewestRelease(string folder)
    {
        DateTimeOffset? newest = null;
        foreach (var file in Directory.Exists(folder) ? Directory.EnumerateFiles(folder) : [])
        {
            if (PlainNumber.TryRead(Encoding.ASCII.GetString(BoundedFile.TryRead(file, 4096) ?? []).Trim(), out long seconds) && seconds < 1L << 40)
            {
                var date = DateTimeOffset.FromUnixTimeSeconds(seconds);
                newest = newest is { } known && known > date ? known : date;
            }
        }

        return newest;
    }
}
