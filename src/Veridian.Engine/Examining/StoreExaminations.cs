using Veridian.Core.Errors;
using Veridian.Core.Text;
using Veridian.Engine.Applying;
using Veridian.Store;
using Veridian.Store.Collecting;
using Veridian.Store.Files;
using Veridian.Store.Generations;

namespace Veridian.Engine.Examining;

/// <summary>What must always hold of the store, without reading its contents: that is for <c>verify</c>.</summary>
internal static class StoreExaminations
{
    public static IEnumerable<Examination> Of(Workspace workspace) => Directory.Exists(workspace.Locations.Store)
        ?
        [
            Examination.Of("store-format", () => Format(workspace)),
            Examination.Of("store-roots", () => In(workspace, Roots)),
            Examination.Of("store-index", () => In(workspace, Index)),
            Examination.Of("store-halves", () => In(workspace, store => Halves(workspace, store))),
            Examination.Of("leftovers", () => In(workspace, store => Leftovers(workspace, store))),
            Examination.Of("generation-roots", () => In(workspace, store => Unkept(workspace, store))),
            Examination.Of("generation", () => In(workspace, store => Generation(workspace, store))),
        ]
        : [Examination.Of("store", () => new Complaint("There is no store yet.", "Run 'vpkg apply' to make one.") { Skipped = true })];

    private static StoreFolder Open(Workspace workspace) => StoreFolder.Open(workspace.Locations.Store, new PosixStoreFiles(), workspace.Time);

    private static Complaint? Format(Workspace workspace)
    {
        Open(workspace).Dispose();
        return null;
    }

    // What is wrong with a store that cannot be opened was said once.
    private static Complaint? In(Workspace workspace, Func<StoreFolder, Complaint?> look)
    {
        StoreFolder store;
        try
        {
            store = Open(workspace);
        }
        catch (VeridianException)
        {
            return new Complaint("Not looked at: the store cannot be opened.", "") { Skipped = true };
        }

        using (store)
        {
            return look(store);
        }
    }

    private static Complaint? Roots(StoreFolder store)
    {
        var lost = store.Roots.List().SelectMany(root => root.Objects).Where(path => !store.Exists(path)).Distinct().ToArray();
        return lost.Length == 0 ? null : new Complaint(
            $"{Plural.Of(lost.Length, "object")} that a generation needs {(lost.Length == 1 ? "is" : "are")} missing, {lost[0]} first.", "Run 'vpkg verify --repair'.");
    }

    // The index follows the store by itself; what it cannot list has a manifest that cannot be read.
    private static Complaint? Index(StoreFolder store)
    {
        using var index = store.OpenIndex();
        var missing = store.ListObjects().Except(index.All().Select(entry => entry.Path)).ToArray();
        return missing.Length == 0 ? null : new Complaint(
            $"The index cannot list {Plural.Of(missing.Length, "object")}, {missing[0]} first: the manifest is damaged.", "Run 'vpkg verify --repair'.");
    }

    private static Complaint? Halves(Workspace workspace, StoreFolder store)
    {
        var halves = StoreLeftovers.Halves(store);
        return halves == 0 ? null : new Complaint(
            $"{Plural.Of(halves, "tree")} or manifests without the other half: a command was stopped between two steps.", "Run 'vpkg gc', which clears them.")
        {
            Works = true,
            Mend = () => Collect(workspace),
        };
    }

    private static Complaint? Leftovers(Workspace workspace, StoreFolder store)
    {
        var left = StoreLeftovers.Count(store);
        return left == 0 ? null : new Complaint(
            $"{Plural.Of(left, "thing")} that stopped commands left in staging and trash.", "Run 'vpkg gc', which clears them.")
        {
            Works = true,
            Mend = () => Collect(workspace),
        };
    }

    private static void Collect(Workspace workspace)
    {
        using var store = Open(workspace);
        new GarbageCollector(store).Run(TimeSpan.FromMinutes(1), CancellationToken.None);
    }

    private static Complaint? Unkept(Workspace workspace, StoreFolder store)
    {
        var state = workspace.Locations.ProjectState(workspace.Profile);
        if (!Directory.Exists(state))
        {
            return null;
        }

        using var generations = GenerationFolder.Open(state, store.Roots, new PosixStoreFiles(), workspace.Time);
        var unkept = generations.Unkept();
        return unkept.Count == 0 ? null : new Complaint(
            $"The roots of {Plural.Of(unkept.Count, "generation")} are missing, of {unkept[0]} first: 'vpkg gc' would remove what they need.", "Run 'vpkg doctor --fix', which writes them anew.")
        {
            Mend = () => Keep(workspace),
        };
    }

    private static void Keep(Workspace workspace)
    {
        using var store = Open(workspace);
        using var generations = GenerationFolder.Open(workspace.Locations.ProjectState(workspace.Profile), store.Roots, new PosixStoreFiles(), workspace.Time);
        generations.KeepAll(ApplySession.Files(workspace), TimeSpan.FromMinutes(1), CancellationToken.None);
    }

    private static Complaint? Generation(Workspace workspace, StoreFolder store) =>
        GenerationFolder.ReadCurrent(workspace.Locations.ProjectState(workspace.Profile)) is { } current && !store.EnvironmentExists(current.Environment)
            ? new Complaint($"The environment of generation {current.Number}, the current one, is missing.", "Run 'vpkg apply', which builds it anew.")
            : null;
}
