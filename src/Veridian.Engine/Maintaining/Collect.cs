using Veridian.Core.Units;
using Veridian.Engine.Applying;
using Veridian.Engine.Running;
using Veridian.Store;
using Veridian.Store.Generations;
using Veridian.Store.Collecting;
using Veridian.Store.Files;

namespace Veridian.Engine.Maintaining;

/// <summary>What gc removed, or would.</summary>
/// <param name="Objects">Store paths.</param>
/// <param name="Environments">Digests.</param>
/// <param name="Generations">Sentences about forgotten generations.</param>
/// <param name="Scripts">How many kept runs of maintainer scripts.</param>
/// <param name="Bytes">What it frees on disk.</param>
public sealed record CollectOutcome(IReadOnlyList<string> Objects, IReadOnlyList<string> Environments, IReadOnlyList<string> Generations, int Scripts, long Bytes);

/// <summary>Removes what no generation, no running environment and no running command needs.</summary>
public static class Collect
{
    private static readonly TimeSpan Wait = TimeSpan.FromMinutes(10);

    /// <summary>Collects.</summary>
    /// <param name="workspace">For folders and the clock.</param>
    /// <param name="policy">Which generations of this profile to forget first.</param>
    /// <param name="dryRun">Only tell.</param>
    /// <param name="cancellationToken">Stops between two objects.</param>
    public static CollectOutcome Run(Workspace workspace, CollectPolicy policy, bool dryRun, CancellationToken cancellationToken) =>
        Run(workspace, policy, dryRun, new PosixStoreFiles(), cancellationToken);

    /// <summary>Collects, with the durable operations given: the seam of the crash tests.</summary>
    internal static CollectOutcome Run(Workspace workspace, CollectPolicy policy, bool dryRun, IStoreFiles files, CancellationToken cancellationToken)
    {
        if (!dryRun)
        {
            DownloadCache.ForgetUnfinished(workspace);
        }

        if (!StoreFolder.IsThere(workspace.Locations.Store))
        {
            // Not made to find it empty: gc is what a full disk is freed with.
            return new CollectOutcome([], [], [], 0, 0);
        }

        using var store = StoreFolder.OpenOrCreate(workspace.Locations.Store, files, workspace.Time);
        var forgotten = Forget(workspace, store, policy, dryRun, files, cancellationToken);
        var unused = AdHocEnvironment.ForgetUnused(workspace.Locations, workspace.Time, dryRun);
        if (!dryRun)
        {
            CompleteSwitch(workspace, store, files, cancellationToken);
        }

        var collector = new GarbageCollector(store);
        var plan = dryRun
            ? collector.Plan(new HashSet<string>(forgotten.Select(generation => generation.Folder), StringComparer.Ordinal))
            : collector.Run(Wait, cancellationToken);
        var scripts = ScriptRuns.Collect(workspace, store, plan.Environments, dryRun, cancellationToken);
        return new CollectOutcome(
            [.. plan.Objects.Select(path => path.Text)], [.. plan.Environments.Select(id => id.ToString())],
            [.. forgotten.Select(generation => $"generation {generation.Record.Number} ({generation.Record.Command})"), .. unused.Select(name => $"the environment of '{name}', unused for {AdHocEnvironment.Kept.TotalDays:F0} days")], scripts.Count, plan.Freed.Bytes + scripts.Bytes);
    }

    // And clears what stopped commands left among the generations.
    private static void CompleteSwitch(Workspace workspace, StoreFolder store, IStoreFiles files, CancellationToken cancellationToken)
    {
        var state = workspace.Locations.ProjectState(workspace.Profile);
        if (Directory.Exists(state))
        {
            using var generations = GenerationFolder.Open(state, store.Roots, files, workspace.Time);
            generations.Recover(ApplySession.Files(workspace), Wait, cancellationToken);
        }
    }

    private static List<(GenerationRecord Record, string Folder)> Forget(
        Workspace workspace, StoreFolder store, CollectPolicy policy, bool dryRun, IStoreFiles files, CancellationToken cancellationToken)
    {
        var state = workspace.Locations.ProjectState(workspace.Profile);
        if (policy is { OlderThan: null, Keep: null, MaxSize: null } || GenerationFolder.ReadCurrent(state) is not { } current)
        {
            return [];
        }

        using var generations = GenerationFolder.Open(state, store.Roots, files, workspace.Time);
        var all = generations.List().OrderByDescending(record => record.Number).ToArray();
        var sizes = new ClosureSizes(store);
        var forgotten = new List<(GenerationRecord, string)>();
        for (var i = 0; i < all.Length; i++)
        {
            if (policy.MaxSize is not null)
            {
                sizes.Add(all[i]);
            }

            var unwanted = (policy.Keep is { } keep && i >= keep)
                || (policy.OlderThan is { } age && workspace.Time.GetUtcNow() - all[i].Time > age)
                || (policy.MaxSize is { } most && sizes.Total.Bytes > most.Bytes);
            if (!unwanted || all[i].Pinned || all[i].Number == current.Number)
            {
                continue;
            }

            if (dryRun || generations.DeleteIfUnneeded(all[i].Number, Wait, cancellationToken))
            {
                forgotten.Add((all[i], generations.FolderOf(all[i].Number)));
            }
        }

        return forgotten;
    }

    /// <summary>What generations need together, each object counted once, newest first.</summary>
    private sealed class ClosureSizes(StoreFolder store)
    {
        private readonly HashSet<string> _counted = new(StringComparer.Ordinal);

        public ByteCount Total { get; private set; }

        public void Add(GenerationRecord record)
        {
            foreach (var path in record.Closure)
            {
                if (_counted.Add(path.Text) && store.Exists(path) && store.TryReadManifestHead(path) is { } manifest)
                {
                    Total += manifest.Bytes;
                }
            }
        }
    }
}
