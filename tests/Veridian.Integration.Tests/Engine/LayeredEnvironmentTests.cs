using System.ComponentModel;
using System.Diagnostics;
using Veridian.Engine.Environments.Composing;
using Veridian.Engine.Running;
using Veridian.Testing;

namespace Veridian.Integration.Tests.Engine;

/// <summary>Directories that lie over those of another environment, <c>spec/environments.md</c> E-25 and E-69, entered as a command enters them.</summary>
public sealed class LayeredEnvironmentTests : IDisposable
{
    private const string List = "cd /usr/share && for f in doc/*/* doc/*; do if [ -f $f ]; then read -r line <$f; echo $f $line; fi; done";
    private const string All = "system = \"*\"\nbig = \"*\"\ndocs = \"*\"\nchanging = \"2\"\nmore = \"*\"";

    private readonly Project _project = new();

    public LayeredEnvironmentTests()
    {
        var (docs, big) = (new TinyPackage("docs", "1"), new TinyPackage("big", "1"));
        for (var i = 0; i < 2_000; i++)
        {
            docs.File($"usr/share/doc/p{i}/copyright", "docs\n").File($"usr/share/doc/p{i}/changelog", "docs\n");
        }

        for (var i = 0; i < 12_000; i++)
        {
            big.File($"usr/lib/big/d{i / 1000}/f{i}", "big\n");
        }

        _project.Repository.Add(
            HostSystem.Package(), docs, big, Changing("1"), Changing("2").File("usr/share/doc/extra", "changing 2\n"),
            new TinyPackage("more", "1").File("usr/share/doc/more/copyright", "more\n").File("usr/share/doc/p7/more", "more\n")).Publish();
    }

    [NeedsFact(Needs.Bubblewrap)]
    public async Task A_command_sees_what_it_would_see_in_a_tree_that_is_written_whole()
    {
        if (!await IsLayeredAsync())
        {
            return;
        }

        var written = Directory.EnumerateFiles(_project.EnvironmentFolder() + "/usr", "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(_project.EnvironmentFolder(), file));
        Assert.Equal(["usr/share/doc/changing/copyright", "usr/share/doc/extra", "usr/share/doc/more/copyright", "usr/share/doc/p7/more"], written.Order(StringComparer.Ordinal));
        var seen = _project.Shell(List);
        Assert.Equal("refused\n", _project.Shell("(: >/usr/share/doc/new) 2>/dev/null || echo refused"));
        if (File.Exists("/usr/bin/unshare"))
        {
            Assert.Equal(seen, _project.Shell(List, [.. InnerRoot.Words(HostGrants.Read()).Where(word => word != "--map-auto")]));
        }

        // The same packages in a tree that borrows nothing.
        using var whole = new Project(_project.Repository).Write(All);
        await whole.ApplyAsync();
        Assert.Equal(_project.Current()!.Environment, whole.Current()!.Environment);
        Assert.Null(CompositionRecord.Find(whole.EnvironmentFolder()));
        Assert.Equal(whole.Shell(List), seen);
        Assert.Contains("doc/changing/copyright changing 2\n", seen, StringComparison.Ordinal);
    }

    [NeedsFact(Needs.Bubblewrap)]
    public async Task What_has_been_layered_is_written_whole_where_launchers_are_bubblewrap()
    {
        if (!await IsLayeredAsync())
        {
            return;
        }

        var (environment, seen) = (_project.Current()!.Environment, _project.Shell(List));
        await _project.Write("system = \"*\"\nbig = \"*\"\ndocs = \"*\"\nchanging = \"1\"").ApplyAsync();
        _project.Grants = HostGrants.Read() with { NamespacesByProfile = true };
        await _project.Write(All).ApplyAsync();
        Assert.Equal(environment, _project.Current()!.Environment);
        Assert.Null(CompositionRecord.Find(_project.EnvironmentFolder()));
        Assert.Equal(seen, _project.Shell(List));
    }

    [NeedsFact(Needs.Bubblewrap)]
    public async Task Nothing_is_layered_where_launchers_are_bubblewrap()
    {
        _project.Grants = HostGrants.Read() with { NamespacesByProfile = true };
        await ApplyTwiceAsync();
        Assert.DoesNotContain(CompositionRecord.Find(_project.EnvironmentFolder())?.Parts ?? [], part => part.Kind == PartKind.Layered);
        Assert.Contains("doc/more/copyright more\n", _project.Shell(List), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_trial_fails_where_the_kernel_does_not_do_it()
    {
        using var folder = new TemporaryFolder();
        Assert.False(await LayerTrial.SucceedsAsync(Directory.CreateDirectory(folder.PathOf("a:b")).FullName, CancellationToken.None));
        // A folder over itself, and a place that cannot be written.
        Assert.False(await LayerTrial.RunsAsync(folder.PathOf("there"), folder.PathOf("there"), folder.PathOf("layer"), CancellationToken.None));
        Assert.False(await LayerTrial.RunsAsync(folder.PathOf("upper"), folder.PathOf("lower"), folder.PathOf("gone/layer"), CancellationToken.None));
    }

    public void Dispose() => _project.Dispose();

    private static TinyPackage Changing(string version) => new TinyPackage("changing", version).File("usr/share/doc/changing/copyright", $"changing {version}\n").File("usr/share/doc/p9/other", "changing\n");

    /// <summary>Adds to an environment; whether the result is layered, as it is where the host can do that.</summary>
    private async Task<bool> IsLayeredAsync()
    {
        if (!HostGrants.Read().EntersItself || !MountLays())
        {
            Console.WriteLine("skipped: this host lays no directory over another one");
            return false;
        }

        await ApplyTwiceAsync();
        Assert.Contains(new TreePart("usr/share/doc", PartKind.Layered), CompositionRecord.Find(_project.EnvironmentFolder())!.Parts);
        return true;
    }

    /// <summary>Whether the system's own mount does it: what vpkg thinks of the host is what is tested.</summary>
    private bool MountLays()
    {
        var (one, other) = (Directory.CreateDirectory(_project.Root.PathOf("one")).FullName, Directory.CreateDirectory(_project.Root.PathOf("other")).FullName);
        try
        {
            using var process = Process.Start(new ProcessStartInfo("unshare", ["--user", "--map-root-user", "--mount", "mount", "-t", "overlay", "overlay", "-o", $"ro,lowerdir={one}:{other}", "/run"]) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    private async Task ApplyTwiceAsync()
    {
        await _project.Write("system = \"*\"\nbig = \"*\"\ndocs = \"*\"\nchanging = \"1\"").ApplyAsync();
        await _project.Write(All).ApplyAsync();
    }
}
