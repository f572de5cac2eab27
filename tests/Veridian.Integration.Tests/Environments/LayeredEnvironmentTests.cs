using System.Text;
using Veridian.Build.Sandbox;
using Veridian.Core.Hashing;
using Veridian.Core.Paths;
using Veridian.Engine.Environments.Building;
using Veridian.Engine.Environments.Composing;
using Veridian.Engine.Environments.Planning;
using Veridian.Engine.Environments.Running;
using Veridian.Engine.Running;
using Veridian.Store;
using Veridian.Store.Files;
using Veridian.Store.Manifests;
using Veridian.Store.Transactions;

namespace Veridian.Integration.Tests.Environments;

/// <summary>Directories that lie over those of another environment, <c>spec/environments.md</c> E-25 and E-69, entered as a command enters them.</summary>
public sealed class LayeredEnvironmentTests : IDisposable
{
    private const string List = "cd /usr/share && for f in doc/*/* doc/*; do if [ -f $f ]; then read -r line <$f; echo $f $line; fi; done";

    private readonly TemporaryFolder _folder = new();
    private readonly StoreFolder _store;

    public LayeredEnvironmentTests() => _store = StoreFolder.OpenOrCreate(_folder.Path + "/store", new PosixStoreFiles(), TimeProvider.System);

    [Fact]
    public async Task A_command_sees_what_it_would_see_in_a_tree_that_is_written_whole()
    {
        if (!await Succeeds(_folder.Path))
        {
            Console.WriteLine("skipped: this host lays no directory over another one");
            return;
        }

        using var transaction = _store.Begin(TimeSpan.FromSeconds(10), CancellationToken.None);
        var shell = HostPrograms.Stage(transaction, "/bin/dash");
        var docs = Stage(transaction, "docs", Enumerable.Range(0, 2_000).SelectMany(i => (string[])[$"usr/share/doc/p{i}/copyright", $"usr/share/doc/p{i}/changelog"]));
        var big = Stage(transaction, "big", Enumerable.Range(0, 12_000).Select(i => $"usr/lib/big/d{i / 1000}/f{i}"));
        var old = Stage(transaction, "changing", ["usr/share/doc/changing/copyright", "usr/share/doc/p9/other"]);
        var changed = Stage(transaction, "changing", ["usr/share/doc/changing/copyright", "usr/share/doc/p9/other", "usr/share/doc/more"], version: "2");
        var more = Stage(transaction, "more", ["usr/share/doc/more-docs/copyright", "usr/share/doc/p7/more"]);
        transaction.Publish(CancellationToken.None);

        var first = await Build(transaction, null, new LayerTrial(), shell, docs, big, old);
        var layered = await Build(transaction, first.Id, new LayerTrial(), shell, docs, big, changed, more);
        var again = await Build(transaction, layered.Id, new LayerTrial(), shell, docs, big, changed, more, Stage(transaction, "last", ["usr/share/doc/last"]));

        Assert.Equal(first.Id, layered.Built.Lender);
        Assert.Equal(first.Id, again.Built.Lender);
        Assert.Contains(new TreePart("usr/share/doc", PartKind.Layered), Record(layered.Id).Parts);
        Assert.True(layered.Built.Manifest.Files < 60, $"{layered.Built.Manifest.Files} files were written");
        Assert.Equal(Expected(layered.Built.Plan), Run(layered.Id, List));
        Assert.Equal(Expected(again.Built.Plan), Run(again.Id, List));
        Assert.Equal(Expected(first.Built.Plan), Run(first.Id, List));
        Assert.Equal("refused\n", Run(layered.Id, "(: >/usr/share/doc/new) 2>/dev/null || echo refused"));
    }

    [Fact]
    public async Task Where_no_directory_can_lie_over_another_one_it_is_written()
    {
        using var transaction = _store.Begin(TimeSpan.FromSeconds(10), CancellationToken.None);
        var docs = Stage(transaction, "docs", Enumerable.Range(0, 12_000).Select(i => $"usr/share/doc/p{i / 10}/f{i}"));
        var more = Stage(transaction, "more", ["usr/share/doc/more/copyright"]);
        transaction.Publish(CancellationToken.None);
        var first = await Build(transaction, null, ILayerTrial.Never, docs);
        var second = await Build(transaction, first.Id, ILayerTrial.Never, docs, more);
        Assert.True(CompositionRecord.Find(_store.FolderOfEnvironment(second.Id)) is null || Record(second.Id).Parts.All(part => part.Kind != PartKind.Layered));
    }

    [Fact]
    public async Task A_trial_fails_where_the_kernel_does_not_do_it()
    {
        Assert.False(await Succeeds(Directory.CreateDirectory(_folder.Path + "/a:b").FullName));
        // A folder over itself, and a place that cannot be written.
        Assert.False(await LayerTrial.RunsAsync(_folder.Path + "/there", _folder.Path + "/there", _folder.Path + "/layer", CancellationToken.None));
        Assert.False(await LayerTrial.RunsAsync(_folder.Path + "/upper", _folder.Path + "/lower", _folder.Path + "/gone/layer", CancellationToken.None));
    }

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    private static Task<bool> Succeeds(string folder) => new LayerTrial().SucceedsAsync(folder, CancellationToken.None);

    private CompositionRecord Record(Blake3Digest id) => CompositionRecord.Find(_store.FolderOfEnvironment(id))!;

    private static string Expected(EnvironmentPlan plan)
    {
        var files = plan.Root.Find("usr/share/doc")!.AllFiles().ToDictionary(file => file.Path.Text["usr/share/".Length..], file => plan.Packages[file.Owner]);
        var order = files.Where(file => file.Key.Count(c => c == '/') == 2).OrderBy(file => file.Key, StringComparer.Ordinal)
            .Concat(files.Where(file => file.Key.Count(c => c == '/') == 1).OrderBy(file => file.Key, StringComparer.Ordinal));
        return string.Concat(order.Select(file => $"{file.Key} {file.Value.Name} {file.Value.Version}\n"));
    }

    private string Run(Blake3Digest id, string script)
    {
        var environment = _store.FolderOfEnvironment(id);
        var generation = Directory.CreateDirectory($"{_folder.Path}/generation-{id.ToString()[..8]}-{Guid.NewGuid():N}").FullName;
        var settings = new RunSettings
        {
            Environment = id,
            Name = "layers",
            EnvironmentFolder = environment,
            StoreFolder = _store.Path,
            GenerationFiles = $"{generation}/{Launcher.FilesFolder}",
            Host = HostRoot.Read("/"),
            HasEntry = true,
            EntersItself = true,
            Bubblewrap = "/usr/bin/bwrap",
            Shell = "/usr/bin/dash",
            Parts = CompositionRecord.Mounts(environment, _store.FolderOfEnvironment),
        };
        Launcher.Write(new PosixStoreFiles(), generation, settings, [], new Dictionary<string, string>(), new Dictionary<string, string>());
        var (exitCode, output, error) = DebianEnvironment.Execute($"{generation}/launch", "--exec", "/usr/bin/dash", "-c", script);
        Assert.True(exitCode == 0, $"{exitCode}: {error}");
        return output;
    }

    private async Task<(Blake3Digest Id, BuiltEnvironment Built)> Build(StoreTransaction transaction, Blake3Digest? previous, ILayerTrial layers, params EnvironmentPackage[] packages)
    {
        transaction.Publish(CancellationToken.None);
        var plan = EnvironmentPlan.Create(new EnvironmentRequest { Packages = packages }, package =>
            new PackageContents(_store.ReadManifest(package.Object).Entries, new Dictionary<string, ReadOnlyMemory<byte>>()));
        var sandbox = new BubblewrapSandbox(SandboxPrograms.FindBubblewrap("/usr/bin:/bin:/usr/local/bin", null), null);
        var built = await new EnvironmentBuilder(_store, sandbox, layers: layers).BuildAsync(plan, transaction, previous, CancellationToken.None);
        transaction.Publish(CancellationToken.None);
        return (plan.Digest, built);
    }

    private static EnvironmentPackage Stage(StoreTransaction transaction, string name, IEnumerable<string> files, string version = "1")
    {
        using var writer = transaction.Stage(name, version, "all");
        foreach (var file in files)
        {
            using var content = new MemoryStream(Encoding.ASCII.GetBytes($"{name} {version}\n"));
            writer.File(RelativePath.Of(file), executable: false, content.Length, content);
        }

        return new EnvironmentPackage { Name = name, Version = version, Object = writer.Complete(ControlData.Empty, Origin.Unknown).Path };
    }
}
