using Veridian.Core.Errors;
using Veridian.Core.Hashing;
using Veridian.Core.Paths;
using Veridian.Core.Text;
using Veridian.Engine.Environments;
using Veridian.Engine.Profiles;
using Veridian.Engine.Progress;
using Veridian.Engine.Realising;
using Veridian.Engine.Repositories;
using Veridian.Store;
using Veridian.Store.Files;
using Veridian.Store.Repairing;
using Veridian.Store.Transactions;
using Veridian.Store.Verifying;

namespace Veridian.Engine.Maintaining;

/// <summary>
/// Makes the whole store what its manifests say: damaged files come from sound copies of the same content, else from the package's
/// archive, fetched and unpacked again; what an environment made for itself is made again. Generations keep working meanwhile.
/// </summary>
/// <remarks>Source: <c>spec/store.md</c> ST-37 to ST-41.</remarks>
public sealed class Repair
{
    private static readonly TimeSpan Wait = TimeSpan.FromMinutes(10);
    private readonly Workspace _workspace;
    private readonly StoreFolder _store;
    private readonly IReadOnlyList<KnownGeneration> _known;
    private readonly List<string> _fetched = [];
    private readonly List<string> _rebuilt = [];
    private readonly List<string> _problems = [];

    private Repair(Workspace workspace, StoreFolder store) => (_workspace, _store, _known) = (workspace, store, KnownGeneration.All(store));

    /// <summary>Verifies and mends. Stopped anywhere, what was mended stays mended, and the next repair goes on.</summary>
    /// <exception cref="StorageException">The disk failed.</exception>
    public static Task<RepairOutcome> RunAsync(Workspace workspace, CancellationToken cancellationToken) =>
        RunAsync(workspace, new PosixStoreFiles(), cancellationToken);

    /// <summary>The same with the durable operations given: the seam of the crash tests.</summary>
    internal static async Task<RepairOutcome> RunAsync(Workspace workspace, IStoreFiles files, CancellationToken cancellationToken)
    {
        using var store = StoreFolder.OpenOrCreate(workspace.Locations.Store, files, workspace.Time);
        workspace.Observer.On(new EngineEvent.Step("Verifying the store"));
        var findings = new StoreVerifier(store).VerifyAll(cancellationToken);
        var objects = store.ListObjects().Count;
        return findings.Count == 0
            ? new RepairOutcome(objects, 0, [], [], [], [])
            : await new Repair(workspace, store).MendAsync(objects, findings, cancellationToken);
    }

    private async Task<RepairOutcome> MendAsync(int objects, IReadOnlyList<Finding> findings, CancellationToken cancellationToken)
    {
        _workspace.Observer.On(new EngineEvent.Step($"Mending {Plural.Of(findings.Count, "difference")}"));
        using var transaction = _store.Begin(Wait, cancellationToken);
        var repair = new StoreRepair(_store);
        var needs = repair.Prepare(findings);
        foreach (var path in needs.Objects)
        {
            await FetchAsync(transaction, path, cancellationToken);
        }

        transaction.Publish(cancellationToken);
        var remaining = repair.Mend(findings, cancellationToken);
        foreach (var id in needs.Environments)
        {
            await RebuildAsync(transaction, repair, id, cancellationToken);
        }

        var rebuilt = _rebuilt.ToHashSet(StringComparer.Ordinal);
        remaining = [.. remaining.Where(finding => !rebuilt.Contains(finding.Owner)),
            .. new StoreVerifier(_store).Verify([], [.. needs.Environments.Where(id => rebuilt.Contains(id.ToString()))], cancellationToken)];
        return new RepairOutcome(objects, findings.Count, _fetched, _rebuilt, _problems, [.. remaining.Select(VerifyFinding.Of)]);
    }

    private async Task FetchAsync(StoreTransaction transaction, StorePath path, CancellationToken cancellationToken)
    {
        if (_known.Select(generation => (Generation: generation, Package: generation.Find(path))).FirstOrDefault(known => known.Package is not null)
            is not ({ } generation, { } package))
        {
            _problems.Add($"No generation's lock knows where '{path}' came from; only its own copies could be used.");
            return;
        }

        try
        {
            var workspace = _workspace with { Profile = generation.Location };
            var host = HostDebian.Read(workspace);
            using var network = new Network(workspace, host);
            var profile = ProfileLoader.Load(workspace, generation.ProfileText).Profile;
            var repositories = RepositoryPlan.Make(profile, ConfiguredRepositories.Read(workspace.Locations), workspace.Profile.Folder, host, HostPlatform.Architecture, asOf: null);
            await new Realiser(workspace, network, repositories.Reaching(generation.Selection.Snapshots)) { Again = true }.StageAsync(transaction, [package], cancellationToken);
            _fetched.Add(path.Text);
        }
        catch (VeridianException failed) when (failed is UnavailableException or UntrustedException or InvalidInputException)
        {
            _problems.Add($"'{path}' could not be fetched again: {failed.Message}");
        }
    }

    private async Task RebuildAsync(StoreTransaction transaction, StoreRepair repair, Blake3Digest id, CancellationToken cancellationToken)
    {
        if (_known.FirstOrDefault(known => known.Environments.Contains(id)) is not { } generation)
        {
            _problems.Add($"No generation knows how environment '{id}' was made.");
            return;
        }

        try
        {
            var workspace = _workspace with { Profile = generation.Location };
            var loaded = ProfileLoader.Load(workspace, generation.ProfileText);
            if (await new EnvironmentStep(workspace, _store).BuildAgainAsync(transaction, generation.Selection, loaded, id, repair.Forget, cancellationToken))
            {
                _rebuilt.Add(id.ToString());
            }
            else
            {
                _problems.Add($"Environment '{id}' of '{generation.ProfilePath}' is made in another way by now: run 'vpkg apply' there.");
            }
        }
        catch (VeridianException failed) when (failed is UnavailableException or InvalidInputException or BuildFailedException or StoreDamagedException)
        {
            _problems.Add($"Environment '{id}' of '{generation.ProfilePath}' could not be built again: {failed.Message}");
        }
    }
}
