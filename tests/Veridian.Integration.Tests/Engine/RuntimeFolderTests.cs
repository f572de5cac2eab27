using System.Globalization;
using Veridian.Engine.Running;
using Veridian.Posix;
using Veridian.Testing;

namespace Veridian.Integration.Tests.Engine;

/// <summary>Directories that services look for at their start, <c>spec/environments.md</c> E-70, from the file of a package to a command that sees them.</summary>
public sealed class RuntimeFolderTests : IDisposable
{
    private const string Look = "for d in /run/db /run/deep /run/deep/er /var/log/db; do set -- $(ls -ldn $d); echo $1 $d; done && ls /run/db /var/log/db && : >/run/db/file && : >/var/log/db/file";
    private readonly Project _project = new();

    public RuntimeFolderTests() => _project.Repository.Add(
        HostSystem.Package(),
        new TinyPackage("service", "1")
            .File("usr/lib/tmpfiles.d/service.conf", "d /run/db 2775 keeper keepers -\nd /run/deep/er 0700\nd /var/log/db 1777 root root -\nd /run/dbus/mine\n")
            .File("usr/lib/sysusers.d/service.conf", "u keeper -:keepers\ng keepers -\n")).Publish();

    [NeedsTheory(Needs.Bubblewrap)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task They_are_there_whenever_a_command_starts_and_empty(bool entersItself)
    {
        if (entersItself && !HostGrants.Read().EntersItself)
        {
            Console.WriteLine("skipped: this host does not let launchers enter by themselves");
            return;
        }

        _project.Grants = HostGrants.Read() with { NamespacesByProfile = !entersItself };
        await _project.Write("system = \"*\"\nservice = \"*\"").ApplyAsync();
        var expected = entersItself
            ? "drwxrwxr-x /run/db\ndrwxr-xr-x /run/deep\ndrwx------ /run/deep/er\ndrwxrwxrwt /var/log/db\n"
            : "drwxr-xr-x /run/db\ndrwxr-xr-x /run/deep\ndrwxr-xr-x /run/deep/er\ndrwxr-xr-x /var/log/db\n";
        Assert.Equal(expected + "/run/db:\n\n/var/log/db:\n", _project.Shell(Look));
        Assert.Equal(expected + "/run/db:\n\n/var/log/db:\n", _project.Shell(Look));
        Assert.False(Directory.Exists("/run/dbus/mine"));
    }

    [NeedsFact(Needs.Bubblewrap)]
    public async Task Those_of_a_kept_var_stay()
    {
        await _project.Write("system = \"*\"\nservice = \"*\"", "[profile]\nstate = \"var\"").ApplyAsync();
        _project.Shell(": >/var/log/db/file");
        Assert.Equal("file\n", _project.Shell("ls /var/log/db"));
        Assert.Equal("\n", _project.Shell("echo $(ls /run/db)"));
    }

    [NeedsFact(Needs.Bubblewrap)]
    public async Task Root_gives_them_to_the_accounts_that_are_named()
    {
        if (ProcessOwner.Read().User != 0 || !HostGrants.Read().EntersItself)
        {
            Console.WriteLine("skipped: only root can give files away");
            return;
        }

        await _project.Write("system = \"*\"\nservice = \"*\"").ApplyAsync();
        var ids = _project.Shell("while IFS=: read -r name x id group rest; do if [ $name = keeper ]; then echo $id $group; fi; done </run/vpkg/passwd");
        Assert.Equal(ids, _project.Shell("set -- $(ls -ldn /run/db); echo $3 $4"));
        Assert.InRange(int.Parse(ids.Split(' ')[0], CultureInfo.InvariantCulture), 100, 899);
    }

    public void Dispose() => _project.Dispose();
}
