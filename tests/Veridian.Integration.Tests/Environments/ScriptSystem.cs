using System.Text;
using Veridian.Build.Sandbox;
using Veridian.Core.Packages;
using Veridian.Core.Paths;
using Veridian.Engine.Environments.Activation.Scripts;
using Veridian.Engine.Environments.Building;
using Veridian.Engine.Environments.Planning;
using Veridian.Formats.Profile;
using Veridian.Store;
using Veridian.Store.Files;
using Veridian.Store.Manifests;
using Veridian.Store.Transactions;
using Veridian.Testing;

namespace Veridian.Integration.Tests.Environments;

/// <summary>A store with a package of the host's own shell and a few programs, and environments made of it and packages with scripts.</summary>
public sealed class ScriptSystem : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly StoreFolder _store;

    public ScriptSystem() : this(withHost: true)
    {
    }

    /// <summary>Makes the store; without the host's own programs, packages have to bring all that scripts need.</summary>
    internal ScriptSystem(bool withHost)
    {
        _store = StoreFolder.OpenOrCreate(_folder.Path + "/store", new PosixStoreFiles(), TimeProvider.System);
        using var transaction = _store.Begin(TimeSpan.FromSeconds(10), CancellationToken.None);
        Base = Stage(transaction, "system", "Essential: yes\n", withHost ? HostSystem.Files.Select(file => (file.Path, true, file.Content)) : [], []);
        transaction.Publish(CancellationToken.None);
    }

    /// <summary>The package with the shell.</summary>
    public EnvironmentPackage Base { get; }

    /// <summary>Absolute path of the store.</summary>
    public string StorePath => _store.Path;

    /// <summary>Puts a package with programs into the store.</summary>
    public EnvironmentPackage Package(string name, string fields, (string Path, string Text)[] files, (string Path, string Text)[] programs, params (string Name, string Text)[] control)
    {
        using var transaction = _store.Begin(TimeSpan.FromSeconds(10), CancellationToken.None);
        var package = Stage(
            transaction, name, fields, files.Select(file => (file.Path, false, Encoding.UTF8.GetBytes(file.Text))).Concat(programs.Select(file => (file.Path, true, Encoding.UTF8.GetBytes(file.Text)))), control);
        transaction.Publish(CancellationToken.None);
        return package;
    }

    /// <summary>Puts a package from an archive into the store.</summary>
    public EnvironmentPackage Package(string deb)
    {
        using var transaction = _store.Begin(TimeSpan.FromSeconds(30), CancellationToken.None);
        var package = DebianEnvironment.Stage(transaction, deb);
        transaction.Publish(CancellationToken.None);
        return package;
    }

    /// <summary>Puts a package into the store.</summary>
    public EnvironmentPackage Package(string name, string fields, (string Path, string Text)[] files, params (string Name, string Text)[] control)
    {
        using var transaction = _store.Begin(TimeSpan.FromSeconds(10), CancellationToken.None);
        var package = Stage(transaction, name, fields, files.Select(file => (file.Path, false, Encoding.UTF8.GetBytes(file.Text))), control);
        transaction.Publish(CancellationToken.None);
        return package;
    }

    /// <summary>Builds an environment of the shell and some packages; its plan after activation.</summary>
    public Task<EnvironmentPlan> BuildAsync(params EnvironmentPackage[] packages) => BuildAsync(new ScriptSettings { Workers = 2 }, packages);

    /// <summary>As <see cref="BuildAsync(EnvironmentPackage[])"/>, with settings for scripts.</summary>
    public Task<EnvironmentPlan> BuildAsync(ScriptSettings settings, params EnvironmentPackage[] packages) => BuildAsync(settings, [], packages);

    /// <summary>As <see cref="BuildAsync(EnvironmentPackage[])"/>, but some packages go without their scripts.</summary>
    public Task<EnvironmentPlan> BuildWithoutScriptsAsync(string[] without, params EnvironmentPackage[] packages) => BuildAsync(new ScriptSettings { Workers = 2 }, without, packages);

    private async Task<EnvironmentPlan> BuildAsync(ScriptSettings settings, string[] without, EnvironmentPackage[] packages)
    {
        using var transaction = _store.Begin(TimeSpan.FromSeconds(10), CancellationToken.None);
        var request = new EnvironmentRequest { Packages = [Base, .. packages], Scripts = ScriptPolicy.Run, WithoutScripts = without };
        var plan = EnvironmentPlan.Create(request, package => new PackageContents(
            _store.ReadManifest(package.Object).Entries,
            _store.ReadControl(package.Object).Members.ToDictionary(member => member.Name, member => member.Bytes)));
        var built = await new EnvironmentBuilder(_store, BubblewrapSandbox.Find("/usr/bin:/bin:/usr/local/bin", null), settings).BuildAsync(plan, transaction, null, CancellationToken.None);
        transaction.Publish(CancellationToken.None);
        return built.Plan;
    }

    /// <summary>Absolute path of something in an environment.</summary>
    public string PathOf(EnvironmentPlan plan, string path) => $"{_store.FolderOfEnvironment(plan.Digest)}/{path}";

    /// <summary>Root digest of an environment's tree.</summary>
    public string TreeOf(EnvironmentPlan plan) => _store.ReadEnvironmentManifest(plan.Digest).Tree.ToString();

    /// <summary>How many environments the store has.</summary>
    public int CountEnvironments() => Directory.GetDirectories(StorePath + "/environments").Length;

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    private static EnvironmentPackage Stage(
        StoreTransaction transaction, string name, string fields, IEnumerable<(string Path, bool Executable, byte[] Content)> files, (string Name, string Text)[] control)
    {
        using var writer = transaction.Stage(name, "1", "all");
        foreach (var (path, executable, bytes) in files.OrderBy(file => file.Path, StringComparer.Ordinal))
        {
            using var content = new MemoryStream(bytes);
            writer.File(RelativePath.Of(path), executable, content.Length, content);
        }

        ControlMember[] members =
        [
            new("control", Encoding.UTF8.GetBytes($"Package: {name}\nVersion: 1\nArchitecture: all\n{fields}")),
            .. control.Select(member => new ControlMember(member.Name, Encoding.UTF8.GetBytes(member.Text))),
        ];
        return new EnvironmentPackage { Name = name, Version = "1", Scheme = VersionScheme.Deb, Object = writer.Complete(ControlData.Of(members), Origin.Unknown).Path };
    }
}
