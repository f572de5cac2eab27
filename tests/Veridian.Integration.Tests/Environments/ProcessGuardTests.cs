using System.Globalization;
using Veridian.Build.Sandbox;
using Veridian.Testing;

namespace Veridian.Integration.Tests.Environments;

/// <summary>The limit that the kernel keeps, with nobody watching: <c>spec/sandbox.md</c> B-13.</summary>
public sealed class ProcessGuardTests : IDisposable
{
    private const int Limit = 100;
    private const int Reserved = 300;
    private readonly Testing.TemporaryFolder _folder = new();

    public ProcessGuardTests()
    {
        foreach (var (path, content) in HostSystem.Files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_folder.PathOf("lower/" + path))!);
            File.WriteAllBytes(_folder.PathOf("lower/" + path), content);
            File.SetUnixFileMode(_folder.PathOf("lower/" + path), (UnixFileMode)0x1ED);
        }

        foreach (var name in new[] { "bin", "lib", "lib64" })
        {
            File.CreateSymbolicLink(_folder.PathOf("lower/" + name), "usr/" + name);
        }

        File.SetUnixFileMode(_folder.Path, (UnixFileMode)0x1FF);
    }

    [NeedsTheory(Needs.Bubblewrap | Needs.NamespaceLimits | Needs.UnprivilegedUser)]
    [InlineData("6.14", false)]
    [InlineData("6.14", true)]
    [InlineData("5.14", true)]
    public void A_command_gets_no_more_processes_than_the_kernel_was_told(string kernel, bool ordinary)
    {
        // The loop has an end, for the case that the limit does not hold.
        var (_, output, error) = Run("i=0; trap 'echo $i' EXIT; while [ $i -lt 900 ]; do sleep 60 & i=$((i+1)); done", Version.Parse(kernel), ordinary);
        Assert.Contains("fork", error, StringComparison.Ordinal);
        Assert.InRange(int.Parse(output, CultureInfo.InvariantCulture), Limit, Limit + Reserved);
    }

    [NeedsTheory(Needs.Bubblewrap | Needs.NamespaceLimits | Needs.UnprivilegedUser)]
    [InlineData(false)]
    [InlineData(true)]
    public void Neither_the_command_nor_its_limit_changes_the_machines(bool ordinary)
    {
        const string setting = "/proc/sys/kernel/pid_max";
        var before = File.ReadAllText(setting);
        var (_, output, _) = Run($"echo 5000 2>/dev/null > {setting} || echo refused", new Version(6, 14), ordinary);
        Assert.Equal("refused\n", output);
        Assert.Equal(before, File.ReadAllText(setting));
    }

    public void Dispose() => _folder.Dispose();

    private (int ExitCode, string Output, string Error) Run(string script, Version kernel, bool ordinary)
    {
        var work = _folder.PathOf("run");
        var command = new SandboxCommand
        {
            Arguments = ["/bin/sh", "-c", script],
            Root = [new SandboxMount.Processes(), new SandboxMount.Devices()],
            Variables = new Dictionary<string, string> { ["PATH"] = "/usr/bin:/bin" },
        };
        var arguments = OverlayArguments.Of(
            command, new SandboxOverlay([_folder.PathOf("lower")], work), Which("bwrap"), Which("mount"), ProcessGuard.Lines(new SandboxLimits { RunningProcesses = Limit }, kernel));
        string[] account = ordinary && Environment.IsPrivilegedProcess ? ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] : [];
        return DebianEnvironment.Execute("env", [.. account, "sh", "-c", "mkdir \"$0\" && cd \"$0\" && mkdir upper work root && ln -s ../lower 0 && exec bwrap \"$@\"", work, .. arguments]);
    }

    private static string Which(string program) => SandboxPrograms.Find(program, "/usr/bin:/bin", null)!;
}
