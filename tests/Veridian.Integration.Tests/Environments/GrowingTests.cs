using System.Text;
using Veridian.Build.Sandbox;
using Veridian.Core.Hashing;
using Veridian.Core.Paths;
using Veridian.Engine.Environments.Building;
using Veridian.Engine.Environments.Composing;
using Veridian.Engine.Environments.Planning;
using Veridian.Store;
using Veridian.Store.Files;
using Veridian.Store.Manifests;
using Veridian.Store.Transactions;

namespace Veridian.Integration.Tests.Environments;

public sealed class GrowingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly StoreFolder _store;

    public GrowingTests() => _store = StoreFolder.OpenOrCreate(_folder.Path + "/store", new PosixStoreFiles(), TimeProvider.System);

    [Fact]
    public async Task A_grown_environment_shows_what_one_written_whole_shows()
    {
        using var transaction = _store.Begin(TimeSpan.FromSeconds(10), CancellationToken.None);
        var big = Stage(transaction, "big", Enumerable.Range(0, 12_000).Select(i => $"usr/share/big/d{i / 1000}/f{i}"));
        var more = Stage(transaction, "more", ["usr/share/big/d3/more", "usr/bin/more", "etc/more"]);
        var last = Stage(transaction, "last", ["opt/last/x"]);
        transaction.Publish(CancellationToken.None);

        var (first, whole) = await Build(transaction, null, big);
        var (second, grown) = await Build(transaction, first, big, more);
        var (third, again) = await Build(transaction, second, big, more, last);

        Assert.Null(whole.Lender);
        Assert.Equal(first, grown.Lender);
        Assert.Equal(first, again.Lender);
        Assert.True(grown.Manifest.Entries.Count < 1100);
        Assert.Equal(12_003, await CountFiles(third));
    }

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    private static EnvironmentPackage Stage(StoreTransaction transaction, string name, IEnumerable<string> files)
    {
        using var writer = transaction.Stage(name, "1", "all");
        foreach (var file in files)
        {
            using var content = new MemoryStream(Encoding.ASCII.GetBytes(name));
            writer.File(RelativePath.Of(file), executable: false, content.Length, content);
        }

        return new EnvironmentPackage { Name = name, Version = "1", Object = writer.Complete(ControlData.Empty, Origin.Unknown).Path };
    }

    private async Task<(Blake3Digest Id, BuiltEnvironment Built)> Build(StoreTransaction transaction, Blake3Digest? previous, params EnvironmentPackage[] packages)
    {
        var plan = EnvironmentPlan.Create(new EnvironmentRequest { Packages = packages }, package =>
            new PackageContents(_store.ReadManifest(package.Object).Entries, new Dictionary<string, ReadOnlyMemory<byte>>()));
        var built = await new EnvironmentBuilder(_store, Sandbox()).BuildAsync(plan, transaction, previous, CancellationToken.None);
        transaction.Publish(CancellationToken.None);
        return (plan.Digest, built);
    }

    /// <summary>Counts the files below usr/share, usr/bin and opt as a command sees them.</summary>
    private async Task<int> CountFiles(Blake3Digest environment)
    {
        var mounts = CompositionRecord.Mounts(_store.FolderOfEnvironment(environment), _store.FolderOfEnvironment);
        var result = await Sandbox().RunAsync(
            new SandboxCommand
            {
                Arguments = ["/bin/sh", "-c", "cd /env && cat usr/share/big/d3/more opt/last/x usr/bin/more etc/more && find usr/share usr/bin opt -type f | wc -l"],
                Root =
                [
                    new SandboxMount.Bind("/usr", "/usr"),
                    new SandboxMount.SymbolicLink("usr/bin", "/bin"),
                    new SandboxMount.SymbolicLink("usr/lib", "/lib"),
                    new SandboxMount.SymbolicLink("usr/lib64", "/lib64"),
                    .. mounts.Select(mount => new SandboxMount.Bind(mount.Source, "/env/" + mount.Path)),
                ],
                Variables = new Dictionary<string, string> { ["PATH"] = "/usr/bin:/bin" },
            },
            CancellationToken.None);
        Assert.StartsWith("morelastmoremore", result.Output.Text, StringComparison.Ordinal);
        return int.Parse(result.Output.Text["morelastmoremore".Length..], System.Globalization.CultureInfo.InvariantCulture);
    }

    private static BubblewrapSandbox Sandbox() => new(SandboxPrograms.FindBubblewrap("/usr/bin:/bin:/usr/local/bin", null), null);
}
