using System.Globalization;
using Veridian.Engine.Running;
using Veridian.Posix;

namespace Veridian.Integration.Tests.Environments;

public sealed class HostGrantsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void An_old_kernel_needs_bubblewrap()
    {
        Assert.False(Host("5.10.0-23-amd64").EntersItself);
        Assert.Equal(HostGrants.Read().RunsEntryPrograms, Host("6.1.0-9-amd64").EntersItself);
        Assert.False(Host("strange").EntersItself);
    }

    [Fact]
    public void A_kernel_without_limits_in_namespaces_only_counts_for_root()
    {
        Assert.False(Host("5.10.0").ProcessLimit);
        Assert.Equal(ProcessOwner.Read().User != 0, Host("6.1.0").ProcessLimit);
        Assert.True(Host("6.14.0").ProcessLimit);
    }

    [Fact]
    public void What_is_not_granted_comes_with_a_step_that_helps()
    {
        var findings = Host("5.10.0").Findings;
        Assert.All(findings, finding => Assert.Equal(finding.Granted, finding.Hint.Length == 0));
        Assert.Contains(findings, finding => finding is { Topic: "kernel", Granted: false });
    }

    [Fact]
    public void A_range_of_ids_is_found_by_number_and_needs_the_programs_that_map_it()
    {
        var user = ProcessOwner.Read().User.ToString(CultureInfo.InvariantCulture);
        Write("etc/subuid", $"somebody:1:2\n{user}:100000:65536\n");
        Write("etc/subgid", $"{user}:100000:65536\n");
        Assert.False(Host("6.1.0").IdRange);
        Write("usr/bin/newuidmap", "");
        Write("usr/bin/newgidmap", "");
        Assert.True(Host("6.1.0").IdRange);
        Write("etc/subgid", "somebody:1:2\n");
        Assert.False(Host("6.1.0").IdRange);
    }

    public void Dispose() => _folder.Dispose();

    private HostGrants Host(string release)
    {
        Write("proc/sys/kernel/osrelease", release + "\n");
        return HostGrants.Read(_folder.Path);
    }

    private void Write(string path, string text)
    {
        var full = Path.Combine(_folder.Path, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }
}
