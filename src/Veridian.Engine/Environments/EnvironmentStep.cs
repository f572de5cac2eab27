using Veridian.Build.Sandbox;
using Veridian.Core.Hashing;
using Veridian.Core.Paths;
using Veridian.Debian.Control;
using Veridian.Engine.Environments.Activation.Scripts;
using Veridian.Engine.Environments.Building;
using Veridian.Engine.Applying;
using Veridian.Engine.Environments.Planning;
using Veridian.Engine.Environments.Running;
using Veridian.Engine.Profiles;
using Veridian.Engine.Running;
using Veridian.Formats.Lockfile;
using Veridian.Store;
using Veridian.Store.Manifests;
using Veridian.Store.Repairing;
using Veridian.Store.Transactions;

namespace Veridian.Engine.Environments;

/// <summary>From realised packages to a published environment.</summary>
internal sealed class EnvironmentStep(Workspace workspace, StoreFolder store)
{
    private readonly PackagesReader _reader = new(HostPlatform.Architecture);

    /// <summary>Builds the environment unless the store has it already, and keeps it from gc until the transaction ends.</summary>
    /// <param name="transaction">Its objects are published.</param>
    /// <param name="selection">Every package with its store path.</param>
    /// <param name="profile">For the rules on file conflicts and for certificates to trust.</param>
    /// <param name="cancellationToken">Stops the build.</param>
    /// <returns>What the environment holds.</returns>
    public async Task<EnvironmentPlan> RunAsync(StoreTransaction transaction, LockedSelection selection, LoadedProfile profile, CancellationToken cancellationToken)
    {
        var plan = Plan(selection, profile);
        if (PreviousEnvironment.Find(store, transaction, plan.Digest) is { } there)
        {
            if (there.IsLayered && !LaunchersEnter())
            {
                // E-69: bubblewrap shows nothing over anything.
                new StoreRepair(store).Forget(plan.Digest);
                return await BuildAsync(transaction, plan, null, cancellationToken);
            }

            return plan.WithOffers(ScriptOffers.Find(store.FolderOfEnvironment(plan.Digest)));
        }

        return await BuildAsync(transaction, plan, CurrentGeneration.TryRead(workspace)?.Record.Environment, cancellationToken);
    }

    /// <summary>Builds an environment whole although the store has it: for a repair (ST-41).</summary>
    /// <param name="transaction">Its objects are published and sound.</param>
    /// <param name="selection">Every package with its store path.</param>
    /// <param name="profile">As when it was built first.</param>
    /// <param name="id">The environment.</param>
    /// <param name="forget">Makes the store take the old tree for a leftover; called when it is sure that the new one will be the same.</param>
    /// <param name="cancellationToken">Stops the build.</param>
    /// <returns>False, and nothing was done, if these packages and rules make another environment.</returns>
    public async Task<bool> BuildAgainAsync(
        StoreTransaction transaction, LockedSelection selection, LoadedProfile profile, Blake3Digest id, Action<Blake3Digest> forget, CancellationToken cancellationToken)
    {
        var plan = Plan(selection, profile);
        if (plan.Digest != id)
        {
            return false;
        }

        forget(id);
        await BuildAsync(transaction, plan, null, cancellationToken);
        return true;
    }

    private EnvironmentPlan Plan(LockedSelection selection, LoadedProfile profile)
    {
        var read = AllCores.Select(selection.Packages, package => store.ReadControl(package.Store!));
        var controls = new Dictionary<StorePath, ControlData>();
        for (var i = 0; i < read.Length; i++)
        {
            controls[selection.Packages[i].Store!] = read[i];
        }

        var scripts = ScriptChoice.Of(profile.Profile, selection.Packages.Select(package => package.Name));
        var request = new EnvironmentRequest
        {
            Packages = [.. selection.Packages.Select(package => ToPackage(package, controls[package.Store!]))],
            FileRules = profile.Profile.FileRules,
            Scripts = scripts.Scripts,
            WithoutScripts = scripts.WithoutScripts,
            WithoutEffects = scripts.WithoutEffects,
            ExtraCertificates = [.. profile.Certificates.Select(file => new ExtraCertificate(Path.GetFileName(file.Path), file.Bytes))],
        };
        return EnvironmentPlan.Create(request, package => new PackageContents(
            store.ReadEntries(package.Object),
            controls[package.Object].Members.ToDictionary(member => member.Name, member => member.Bytes)));
    }

    private async Task<EnvironmentPlan> BuildAsync(StoreTransaction transaction, EnvironmentPlan plan, Blake3Digest? previous, CancellationToken cancellationToken)
    {
        workspace.Observer.On(new Progress.EngineEvent.Step("Building the environment"));
        var sandbox = BubblewrapSandbox.Find(workspace.Variable("PATH") ?? "", workspace.Variable("VPKG_NATIVE"));
        var begun = 0;
        var scripts = new ScriptSettings
        {
            CacheFolder = Path.Combine(workspace.Locations.Cache, ScriptSettings.CacheName),
            Workers = workspace.Workers,
            Time = workspace.Time,
            Begins = name => workspace.Observer.On(new Progress.EngineEvent.Script(Interlocked.Increment(ref begun), name)),
        };
        var built = await new EnvironmentBuilder(store, sandbox, scripts, LaunchersEnter() ? LayerTrial.SucceedsAsync : null).BuildAsync(plan, transaction, previous, cancellationToken);
        transaction.Publish(cancellationToken);
        return built.Plan;
    }

    private bool LaunchersEnter() => workspace.Grants().LaunchersEnter(HostRoot.Read("/"));

    private EnvironmentPackage ToPackage(LockedPackage package, ControlData control) => new()
    {
        Name = package.Name,
        Version = package.Version,
        Object = package.Store!,
        Replaces = Replaces(control),
    };

    private IReadOnlyList<Core.Packages.Relation> Replaces(ControlData data) =>
        data.Find("control") is { } control && control.Span.IndexOf("\nReplaces:"u8) >= 0
        && _reader.Read(control.Span, 0, 0).Entries is [var entry]
            ? entry.Replaces
            : [];
}
