using Veridian.Build.Sandbox;
using Veridian.Core.Errors;
using Veridian.Core.Units;

namespace Veridian.Unit.Tests.Environments;

public sealed class SandboxArgumentsTests
{
    [Fact]
    public void A_command_becomes_one_fixed_list()
    {
        var arguments = SandboxArguments.Of(new SandboxCommand
        {
            Arguments = ["/bin/true", "--flag"],
            Root = [new SandboxMount.Bind("/s/usr", "/usr"), new SandboxMount.SymbolicLink("usr/bin", "/bin"), new SandboxMount.Tmpfs("/tmp")],
            Variables = new Dictionary<string, string> { ["B"] = "2", ["A"] = "1" },
        });
        Assert.Equal(
            "--unshare-user --unshare-ipc --unshare-pid --unshare-net --unshare-uts --unshare-cgroup-try --as-pid-1 --die-with-parent --new-session "
            + "--uid 1000 --gid 100 --hostname localhost --ro-bind /s/usr /usr --symlink usr/bin /bin --tmpfs /tmp "
            + "--clearenv --setenv A 1 --setenv B 2 --chdir / -- /bin/true --flag",
            string.Join(' ', arguments));
    }

    [Theory]
    [InlineData(BindAccess.ReadOnly, false, "--ro-bind")]
    [InlineData(BindAccess.ReadOnly, true, "--ro-bind-try")]
    [InlineData(BindAccess.ReadWrite, false, "--bind")]
    [InlineData(BindAccess.ReadWrite, true, "--bind-try")]
    [InlineData(BindAccess.Devices, false, "--dev-bind")]
    [InlineData(BindAccess.Devices, true, "--dev-bind-try")]
    public void Each_kind_of_bind_has_its_option(BindAccess access, bool optional, string option) =>
        Assert.Equal([option, "/a", "/b"], SandboxArguments.Of(new SandboxMount.Bind("/a", "/b", access, optional)));

    [Fact]
    public void Limits_become_arguments_of_prlimit() =>
        Assert.Equal(["--as=1000", "--cpu=2", "--nproc=7"], SandboxArguments.Of(new SandboxLimits
        {
            AddressSpace = new ByteCount(1000),
            ProcessorTime = TimeSpan.FromSeconds(1.5),
            Processes = 7,
        }));

    [Fact]
    public void Nobody_gives_more_than_they_have()
    {
        var wanted = new SandboxLimits { AddressSpace = new ByteCount(1000), FileSize = new ByteCount(10), ProcessorTime = TimeSpan.FromSeconds(1.5) };

        Assert.Equal(["--as=1000", "--fsize=10", "--cpu=2"], SandboxArguments.Of(wanted.Within(_ => null)));
        Assert.Equal(["--as=500", "--fsize=10", "--cpu=2"], SandboxArguments.Of(wanted.Within(_ => 500)));
        Assert.Equal(["--as=1", "--fsize=1", "--cpu=1"], SandboxArguments.Of(wanted.Within(_ => 1)));
    }

    [Theory]
    [InlineData("5.13", "")]
    [InlineData("5.14.0", "ulimit -u 350 2>/dev/null || ulimit -p 350 2>/dev/null\n")]
    [InlineData("6.14.0", "ulimit -u 350 2>/dev/null || ulimit -p 350 2>/dev/null\n{ echo 350 > /proc/sys/kernel/pid_max; } 2>/dev/null\n")]
    public void An_older_kernels_setting_for_the_whole_machine_is_not_touched(string kernel, string lines)
    {
        Assert.Equal(lines, ProcessGuard.Lines(new SandboxLimits { RunningProcesses = 50 }, Version.Parse(kernel)));
        Assert.Equal("", ProcessGuard.Lines(new SandboxLimits(), Version.Parse(kernel)));
    }

    [Fact]
    public void A_refusal_of_namespaces_is_recognised()
    {
        Assert.True(NamespaceRefusal.Is("setting up uid map: Permission denied"));
        Assert.False(NamespaceRefusal.Is("Can't find source path /x: No such file or directory"));
        Assert.Equal(ErrorCodes.NamespacesForbidden, NamespaceRefusal.Error("x").Code);
    }
}
