using Veridian.Core.Errors;
using Veridian.Engine.Profiles;
using Veridian.Engine.Repositories;
using Veridian.Engine.Resolving;
using Veridian.Engine.Syncing;
using Veridian.Formats.Lockfile;
using Veridian.Store;
using Veridian.Store.Database;

namespace Veridian.Engine.Applying;

/// <summary>Finds out what an apply has to do. Reads and fetches metadata; changes nothing but the cache.</summary>
internal sealed class ApplyPlanner(Workspace workspace, StoreFolder store, HostDebian host)
{
    /// <summary>Makes the plan.</summary>
    /// <exception cref="InvalidInputException">The profile is wrong, or the lock does not fit it and may not change.</exception>
    /// <exception cref="UnsolvableException">No selection satisfies the profile.</exception>
    public async ValueTask<ApplyPlan> PlanAsync(ApplyRequest request, CancellationToken cancellationToken)
    {
        var applied = Task.Run(ReadApplied, cancellationToken); // a lock of hundreds of packages takes as long to read as all else here
        var loaded = Load(request);
        var onDisk = LockOnDisk.TryRead(workspace.Profile);
        var old = onDisk?.Find(loaded.Profile.Environment, loaded.Profile.Platform);
        var repositories = PlanRepositories(loaded, old);
        using var network = new Network(workspace, host);
        var (lockFile, selection, proof) = await LockAsync(loaded, onDisk, request, repositories, network, cancellationToken);
        var current = await applied;
        var previous = current?.Lock.Find(loaded.Profile.Environment, loaded.Profile.Platform);
        var missing = selection.Packages.Where(package => package.Store is null || !store.Exists(package.Store)).ToArray();
        var changes = PackageChange.Between(previous, selection);
        return new ApplyPlan
        {
            Command = request.Command,
            Profile = loaded,
            Lock = lockFile,
            Selection = selection,
            Previous = previous,
            Changes = changes,
            Forecast = new Lazy<ScriptForecast>(() => ScriptForecast.Of(store, loaded.Profile, selection, changes)),
            Missing = missing,
            ToDownload = [.. missing.Where(package => !File.Exists(network.Cache.Package(package.Sha256)))],
            NewlyTrusted = NewKeys(selection, old, previous, repositories),
            Proof = proof,
            NothingToDo = missing.Length == 0 && current is not null && current.IsExactly(loaded, lockFile, store),
            Repositories = repositories?.Reaching(selection.Snapshots),
            Notices = Notices(repositories),
        };
    }

    private CurrentGeneration? ReadApplied()
    {
        var current = CurrentGeneration.TryRead(workspace);
        _ = current?.Lock;
        return current;
    }

    /// <summary>Finds out what the lock has to say, and nothing of what realising it would take.</summary>
    /// <exception cref="InvalidInputException">The profile is wrong, or the lock does not fit it and may not change.</exception>
    /// <exception cref="UnsolvableException">No selection satisfies the profile.</exception>
    public async ValueTask<LockPlan> LockAsync(ApplyRequest request, CancellationToken cancellationToken)
    {
        var loaded = Load(request);
        var onDisk = LockOnDisk.TryRead(workspace.Profile);
        using var network = new Network(workspace, host);
        var repositories = PlanRepositories(loaded, onDisk?.Find(loaded.Profile.Environment, loaded.Profile.Platform));
        return await LockAsync(loaded, onDisk, request, repositories, network, cancellationToken);
    }

    private async ValueTask<LockPlan> LockAsync(
        LoadedProfile loaded, LockFile? onDisk, ApplyRequest request, RepositoryPlan? repositories, Network network, CancellationToken cancellationToken)
    {
        var old = onDisk?.Find(loaded.Profile.Environment, loaded.Profile.Platform);
        var outcome = await ResolveAsync(loaded, old, request, repositories, network, cancellationToken);
        var selection = FillFromStore(outcome.Selection);
        return new LockPlan((onDisk ?? LockFile.Empty).With(selection), selection, outcome.Proof);
    }

    private LoadedProfile Load(ApplyRequest request) =>
        request.ProfileText is { } text ? ProfileLoader.Load(workspace, text) : ProfileLoader.Load(workspace);

    private async ValueTask<SolveOutcome> ResolveAsync(
        LoadedProfile loaded, LockedSelection? old, ApplyRequest request, RepositoryPlan? repositories, Network network, CancellationToken cancellationToken)
    {
        var settings = workspace.Settings;
        if (request.Planned?.Find(loaded.Profile.Environment, loaded.Profile.Platform) is { } planned)
        {
            return new SolveOutcome(planned, "saved plan");
        }

        if (settings.Frozen)
        {
            return new SolveOutcome(old ?? throw NothingLocked(loaded), "lock");
        }

        var fits = old is not null && old.Inputs == Resolver.InputsOf(loaded.Profile) && old.Objective == SelectionBuilder.Objective;
        if (fits && request.Move is null && !settings.ForceZ3 && settings.AsOf is null)
        {
            return new SolveOutcome(old!, old!.Proof.Length > 0 ? old.Proof : "lock");
        }

        if (settings.Locked)
        {
            throw old is null ? NothingLocked(loaded) : new InvalidInputException(ErrorCodes.LockOutdated,
                "The lock does not fit the profile any more, and may not be changed here.", "Run 'vpkg lock', review the change of vpkg.lock, and commit it.");
        }

        workspace.Observer.On(new Progress.EngineEvent.Step("Resolving dependencies"));
        var sync = new MetadataSync(workspace, repositories ?? MakeRepositories(loaded), network);
        var started = workspace.Time.GetUtcNow();
        using var metadata = await sync.OpenAsync(settings.Refresh || request.Move is not null, cancellationToken);
        using var deadline = new SolveDeadline(settings.SolveTimeout, workspace.Time);
        SolveOutcome Solve(SyncedMetadata from) => Resolver.Solve(
            workspace, loaded.Profile, from, old, Resolver.RequestOf(workspace, loaded.Profile, from, old, request.Move, settings.ForceZ3, deadline.Limits), cancellationToken);
        try
        {
            return Solve(metadata);
        }
        catch (UnsolvableException missing) when (
            missing.Code != ErrorCodes.Unsolvable && metadata.Snapshot.Synced < started && !settings.Offline)
        {
            // What is not in yesterday's list may be in today's.
            using var fresh = await sync.OpenAsync(refresh: true, cancellationToken);
            return Solve(fresh);
        }
    }

    private InvalidInputException NothingLocked(LoadedProfile loaded) => new(ErrorCodes.LockMissing,
        $"'{workspace.Profile.LockPath}' has nothing for {loaded.Profile.Platform}, environment '{loaded.Profile.Environment}'.",
        "Run 'vpkg lock' where the network may be used, and commit vpkg.lock.");

    private RepositoryPlan MakeRepositories(LoadedProfile loaded) => RepositoryPlan.Make(
        loaded.Profile, ConfiguredRepositories.Read(workspace.Locations), workspace.Profile.Folder, host, HostPlatform.Architecture, AskedTime.Of(workspace, loaded.Profile));

    // A frozen lock whose objects are all there needs no repository at all.
    private RepositoryPlan? PlanRepositories(LoadedProfile loaded, LockedSelection? old)
    {
        try
        {
            return MakeRepositories(loaded);
        }
        catch (UnavailableException) when (old is not null && old.Packages.All(package => package.Store is { } path && store.Exists(path)))
        {
            return null;
        }
    }

    // A package that another project realised already is known by the digest of its archive.
    private LockedSelection FillFromStore(LockedSelection selection)
    {
        if (selection.Packages.All(package => package.Store is not null))
        {
            return selection;
        }

        using var index = store.OpenIndex();
        var known = index.FindMany([.. selection.Packages.Where(package => package.Store is null).Select(package => package.Name)]);
        return known.Count == 0
            ? selection
            : selection with { Packages = [.. selection.Packages.Select(package => package.Store is null ? FillFromStore(package, known[package.Name]) : package)] };
    }

    private LockedPackage FillFromStore(LockedPackage package, IEnumerable<IndexedObject> candidates)
    {
        foreach (var known in candidates)
        {
            if (known.Version == package.Version && known.Architecture == package.Architecture
                && store.Exists(known.Path) && store.TryReadManifestHead(known.Path)?.Origin.Sha256 == package.Sha256.ToString())
            {
                return package with { Store = known.Path, Tree = known.Tree };
            }
        }

        return package;
    }

    private static string[] NewKeys(LockedSelection selection, LockedSelection? old, LockedSelection? previous, RepositoryPlan? repositories)
    {
        // Decision 10: keys that the host's apt trusts count as trusted.
        var fromHost = (repositories?.Suites ?? []).Where(suite => suite.FromHost).Select(suite => suite.Key).ToHashSet(StringComparer.Ordinal);
        var known = (old?.Snapshots ?? []).Concat(previous?.Snapshots ?? []).SelectMany(snapshot => snapshot.Signers).ToHashSet(StringComparer.Ordinal);
        return [.. selection.Snapshots
            .Where(snapshot => !fromHost.Contains($"{snapshot.Repository}/{snapshot.Suite}"))
            .SelectMany(snapshot => snapshot.Signers).Distinct().Where(signer => !known.Contains(signer))];
    }

    private static string[] Notices(RepositoryPlan? repositories) => repositories is { Ignored.Count: > 0 }
        ? [$"Not used, because the profile does not ask for their suites: {string.Join("; ", repositories.Ignored)}."]
        : [];
}
