using System.Globalization;
using System.Text;
using Veridian.Build.Sandbox;
using Veridian.Core.Paths;
using Veridian.Engine.Environments.Building;
using Veridian.Engine.Environments.Planning;
using Veridian.Engine.Environments.Running;
using Veridian.Engine.Running;
using Veridian.Posix;
using Veridian.Store;
using Veridian.Store.Files;
using Veridian.Store.Manifests;
using Veridian.Store.Transactions;

namespace Veridian.Integration.Tests.Environments;

/// <summary>Directories that services look for at their start, <c>spec/environments.md</c> E-70, from the file of a package to a command that sees them.</summary>
public sealed class RuntimeFolderTests : IDisposable
{
    private const string Declared = "d /run/db 2775 keeper keepers -\nd /run/deep/er 0700\nd /var/log/db 1777 root root -\nd /run/dbus/mine\n";

    private readonly TemporaryFolder _folder = new();
    private readonly StoreFolder _store;

    public RuntimeFolderTests() => _store = StoreFolder.OpenOrCreate(_folder.Path + "/store", new PosixStoreFiles(), TimeProvider.System);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task They_are_there_whenever_a_command_starts_and_empty(bool entersItself)
    {
        if (entersItself && !HostGrants.Read().EntersItself)
        {
            Console.WriteLine("skipped: this host does not let launchers enter by themselves");
            return;
        }

        var launch = await Generation(entersItself);
        const string Look = "stat -c '%a %n' /run/db /run/deep /run/deep/er /var/log/db && for f in /run/db/* /var/log/db/*; do echo $f; done && : >/run/db/file && : >/var/log/db/file";
        var expected = entersItself ? "775 /run/db\n755 /run/deep\n700 /run/deep/er\n1777 /var/log/db\n" : "755 /run/db\n755 /run/deep\n755 /run/deep/er\n755 /var/log/db\n";
        Assert.Equal(expected + "/run/db/*\n/var/log/db/*\n", Run(launch, Look));
        Assert.Equal(expected + "/run/db/*\n/var/log/db/*\n", Run(launch, Look));
        Assert.False(Directory.Exists("/run/dbus/mine"));
    }

    [Fact]
    public async Task Root_gives_them_to_the_accounts_that_are_named()
    {
        if (ProcessOwner.Read().User != 0 || !HostGrants.Read().EntersItself)
        {
            Console.WriteLine("skipped: only root can give files away");
            return;
        }

        var launch = await Generation(entersItself: true);
        var ids = Run(launch, "while IFS=: read -r name x id group rest; do if [ $name = keeper ]; then echo $id $group; fi; done </run/vpkg/passwd");
        Assert.Equal(ids, Run(launch, "stat -c '%u %g' /run/db"));
        Assert.InRange(int.Parse(ids.Split(' ')[0], CultureInfo.InvariantCulture), 100, 899);
    }

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    private static string Run(string launch, string script)
    {
        var (exitCode, output, error) = DebianEnvironment.Execute(launch, "--exec", "/usr/bin/dash", "-c", script);
        Assert.True(exitCode == 0, $"{exitCode}: {error}");
        return output;
    }

    private async Task<string> Generation(bool entersItself)
    {
        using var transaction = _store.Begin(TimeSpan.FromSeconds(10), CancellationToken.None);
        var programs = HostPrograms.Stage(transaction, "/bin/dash", "/usr/bin/stat");
        var service = Stage(transaction, ("usr/lib/tmpfiles.d/service.conf", Declared), ("usr/lib/sysusers.d/service.conf", "u keeper -:keepers\ng keepers -\n"));
        transaction.Publish(CancellationToken.None);
        var plan = EnvironmentPlan.Create(new EnvironmentRequest { Packages = [programs, service] }, package =>
            new PackageContents(_store.ReadManifest(package.Object).Entries, new Dictionary<string, ReadOnlyMemory<byte>>()));
        var bubblewrap = SandboxPrograms.FindBubblewrap("/usr/bin:/bin:/usr/local/bin", null);
        await new EnvironmentBuilder(_store, new BubblewrapSandbox(bubblewrap, null)).BuildAsync(plan, transaction, null, CancellationToken.None);
        transaction.Publish(CancellationToken.None);

        var (environment, generation) = (_store.FolderOfEnvironment(plan.Digest), Directory.CreateDirectory($"{_folder.Path}/generation").FullName);
        var files = GenerationFiles.For(File.ReadAllText(environment + "/activation/passwd"), File.ReadAllText(environment + "/activation/group"), null, "tests");
        var settings = new RunSettings
        {
            Environment = plan.Digest,
            Name = "folders",
            EnvironmentFolder = environment,
            StoreFolder = _store.Path,
            GenerationFiles = $"{generation}/{Launcher.FilesFolder}",
            Host = HostRoot.Read("/"),
            HasEntry = HostGrants.Read().RunsEntryPrograms,
            EntersItself = entersItself,
            Bubblewrap = bubblewrap,
            Shell = "/usr/bin/dash",
            Folders = RuntimeFolder.Read(File.ReadAllText(environment + "/activation/folders"), files["passwd"], files["group"]),
        };
        Launcher.Write(new PosixStoreFiles(), generation, settings, [], files, new Dictionary<string, string>());
        return $"{generation}/launch";
    }

    private static EnvironmentPackage Stage(StoreTransaction transaction, params (string Path, string Text)[] files)
    {
        using var writer = transaction.Stage("service", "1", "all");
        foreach (var (path, text) in files)
        {
            using var content = new MemoryStream(Encoding.ASCII.GetBytes(text));
            writer.File(RelativePath.Of(path), executable: false, content.Length, content);
        }

        return new EnvironmentPackage { Name = "service", Version = "1", Object = writer.Complete(ControlData.Empty, Origin.Unknown).Path };
    }
}
