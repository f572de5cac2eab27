using Veridian.Build.Sandbox;
using Veridian.Core.Errors;
using Veridian.Core.Units;

namespace Veridian.Integration.Tests.Environments;

public sealed class SandboxTests
{
    private static readonly string SearchPath = Environment.GetEnvironmentVariable("PATH") ?? "/usr/bin";

    private readonly BubblewrapSandbox _sandbox = new(
        SandboxPrograms.FindBubblewrap(SearchPath, null), SandboxPrograms.Find("prlimit", SearchPath, null));

    [Fact]
    public async Task Output_error_and_exit_code_are_reported()
    {
        var result = await Run("echo out; echo err >&2; exit 3");
        Assert.Equal((3, "out\n", "err\n", false), (result.ExitCode, result.Output.Text, result.Error.Text, result.TimedOut));
    }

    [Fact]
    public async Task Only_the_given_variables_are_there() =>
        Assert.Equal("A=1\nPATH=/usr/bin:/bin\nPWD=/\n", (await Run("env | grep -v '^_=\\|^SHLVL=\\|^OLDPWD' | sort")).Output.Text);

    [Fact]
    public async Task There_is_no_network_but_the_loopback() =>
        Assert.Equal("lo\n", (await Run("tail -n +3 /proc/net/dev | cut -d: -f1 | tr -d ' '")).Output.Text);

    [Fact]
    public async Task Nothing_of_the_host_is_there_but_what_was_bound() =>
        Assert.Equal("bin dev lib lib64 proc tmp usr\n", (await Run("cd /; echo *")).Output.Text);

    [Fact]
    public async Task A_read_only_bind_cannot_be_written() => Assert.NotEqual(0, (await Run("touch /usr/x")).ExitCode);

    [Fact]
    public async Task The_command_has_the_given_account_and_host_name() =>
        Assert.Equal("1000 100 localhost\n", (await Run("echo $(id -u) $(id -g) $(cat /proc/sys/kernel/hostname)")).Output.Text);

    [Fact]
    public async Task A_signal_that_ends_the_command_shows_in_its_exit_code() =>
        Assert.Equal(137, (await Run("sh -c 'kill -KILL $$'; exit $?")).ExitCode);

    [Fact]
    public async Task More_output_than_the_limit_is_dropped()
    {
        var result = await Run("head -c 100000 /dev/zero | tr '\\0' x", new SandboxLimits { Output = new ByteCount(1000) });
        Assert.Equal((0, 1000, true), (result.ExitCode, result.Output.Text.Length, result.Output.IsCut));
    }

    [Fact]
    public async Task An_overdue_command_is_killed_with_all_it_started()
    {
        var result = await Run("sleep 1000 & sleep 1000", new SandboxLimits { Timeout = TimeSpan.FromMilliseconds(300) });
        Assert.True(result.TimedOut);
    }

    [Fact]
    public async Task A_cancelled_command_is_killed()
    {
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _sandbox.RunAsync(Command("sleep 1000"), cancel.Token));
    }

    [Fact]
    public async Task What_a_command_leaves_running_does_not_outlive_it()
    {
        using var folder = new TemporaryFolder();
        var command = Command("(while :; do echo >> /out/log; done) & while [ ! -s /out/log ]; do :; done");
        await _sandbox.RunAsync(command with { Root = [.. command.Root, new SandboxMount.Bind(folder.Path, "/out", BindAccess.ReadWrite)] }, CancellationToken.None);
        var length = new FileInfo(folder.Path + "/log").Length;
        await Run("head -c 10000000 /dev/zero >/dev/null");
        Assert.Equal(length, new FileInfo(folder.Path + "/log").Length);
    }

    [Fact]
    public async Task Limits_are_set() =>
        Assert.Equal("64\n", (await Run("ulimit -n", new SandboxLimits { OpenFiles = 64 })).Output.Text);

    [Fact]
    public async Task A_root_that_cannot_be_composed_is_an_error()
    {
        var command = Command("true");
        var error = await Assert.ThrowsAsync<BuildFailedException>(() => _sandbox.RunAsync(
            command with { Root = [.. command.Root, new SandboxMount.Bind("/does/not/exist", "/x")] }, CancellationToken.None));
        Assert.Contains("/does/not/exist", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_bubblewrap_is_named() =>
        Assert.Equal(ErrorCodes.NativeLibraryMissing, Assert.Throws<UnavailableException>(() => SandboxPrograms.FindBubblewrap("/does/not/exist", "/nor/this")).Code);

    private Task<SandboxResult> Run(string script, SandboxLimits? limits = null) =>
        _sandbox.RunAsync(Command(script) with { Limits = limits ?? new SandboxLimits() }, CancellationToken.None);

    private static SandboxCommand Command(string script) => new()
    {
        Arguments = ["/bin/sh", "-c", script],
        Root =
        [
            new SandboxMount.Bind("/usr", "/usr"),
            .. new[] { "bin", "lib", "lib64" }.Select(name => Directory.ResolveLinkTarget("/" + name, false) is null
                ? (SandboxMount)new SandboxMount.Bind("/" + name, "/" + name, Optional: true)
                : new SandboxMount.SymbolicLink("usr/" + name, "/" + name)),
            new SandboxMount.Processes(),
            new SandboxMount.Devices(),
            new SandboxMount.Tmpfs("/tmp"),
        ],
        Variables = new Dictionary<string, string> { ["PATH"] = "/usr/bin:/bin", ["A"] = "1" },
    };
}
