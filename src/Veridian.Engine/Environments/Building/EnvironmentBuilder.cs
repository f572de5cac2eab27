using Veridian.Build.Sandbox;
using Veridian.Core.Errors;
using Veridian.Core.Hashing;
using Veridian.Core.Paths;
using Veridian.Engine.Environments.Activation;
using Veridian.Engine.Environments.Activation.Scripts;
using Veridian.Engine.Environments.Composing;
using Veridian.Engine.Environments.Planning;
using Veridian.Formats.Profile;
using Veridian.Posix;
using Veridian.Store;
using Veridian.Store.Manifests;
using Veridian.Store.Transactions;
using Veridian.Store.Trees;

namespace Veridian.Engine.Environments.Building;

/// <summary>Writes a planned environment: the merged tree, then what activation makes of it.</summary>
/// <remarks>Source: <c>spec/environments.md</c> E-9 to E-15, E-24 to E-27.</remarks>
public sealed class EnvironmentBuilder
{
    private readonly StoreFolder _store;
    private readonly ISandbox _sandbox;
    private readonly ScriptSettings _scripts;
    private readonly Func<string, CancellationToken, Task<bool>>? _layerTrial;

    /// <summary>Takes what it works with.</summary>
    /// <param name="store">Where the packages' objects are.</param>
    /// <param name="sandbox">Where the environment's own tools run.</param>
    /// <param name="scripts">How maintainer scripts run.</param>
    /// <param name="layerTrial">Tries in an empty folder whether a directory can be laid over another one; null where none shall be.</param>
    public EnvironmentBuilder(StoreFolder store, ISandbox sandbox, ScriptSettings? scripts = null, Func<string, CancellationToken, Task<bool>>? layerTrial = null) =>
        (_store, _sandbox, _scripts, _layerTrial) = (store, sandbox, scripts ?? new ScriptSettings(), layerTrial);

    /// <summary>Stages an environment. It is in the store once the transaction is published.</summary>
    /// <param name="plan">What to write; the transaction keeps its objects.</param>
    /// <param name="transaction">What it is staged in.</param>
    /// <param name="previous">
    /// An environment of which as much as possible is taken over; null to write the tree whole. If <see cref="BuiltEnvironment.Lender"/>
    /// is not null afterwards, that environment must stay as long as the new one.
    /// </param>
    /// <param name="cancellationToken">Stops between two packages, or kills a running tool.</param>
    /// <exception cref="StorageException">A file cannot be linked or written.</exception>
    /// <exception cref="StoreDamagedException">A file of an object is gone.</exception>
    /// <exception cref="BuildFailedException"><see cref="ErrorCodes.ActivationFailed"/>.</exception>
    public async Task<BuiltEnvironment> BuildAsync(
        EnvironmentPlan plan, StoreTransaction transaction, Blake3Digest? previous, CancellationToken cancellationToken)
    {
        var older = previous is { } id ? PreviousEnvironment.Find(_store, transaction, id) : null;
        var lender = plan.Root.CountEntries() < TreeComposition.MinEntries ? null : older;
        var lent = Task.Run(() => ReadLenderAsync(plan, lender, transaction, cancellationToken), cancellationToken); // while scripts are looked after
        // The loader's cache is made while the tree is written: most of it is waiting for another process.
        Task<IReadOnlyList<GeneratedFile>>? cache = null;
        // what scripts have written lies in the cache until the tree is written.
        using var hold = plan.Scripts == ScriptPolicy.Run && _scripts.CacheFolder is { } cacheFolder ? new OutcomeCache(cacheFolder).Hold(_scripts.Time, cancellationToken) : null;
        try
        {
            plan = await ActivateAsync(plan, transaction, cancellationToken);
            var contents = new PlannedContents(plan, _store);
            PhpModules.AddTo(plan.Root, [.. plan.PhpModules?.Values ?? []], contents.Read);
            cache = Task.Run(() => MakeLibraryCacheAsync(plan, contents, transaction, older, cancellationToken), cancellationToken);
            var generated = GeneratedFiles.For(plan, contents.Read);
            var composition = Compose(plan, lender, await lent, generated);
            using var writer = transaction.StageEnvironment(plan.Digest, [.. plan.Packages.Select(package => package.Object).Order()]);
            Write(plan, writer, composition, generated, contents, cancellationToken);
            generated.AddRange(await cache);
            generated.ForEach(file => Write(writer, file));
            return new BuiltEnvironment(writer.Complete(), composition is null ? null : lender!.Lender, plan);
        }
        finally
        {
            // Whatever happened, no tool is left behind; its own failure is reported above.
            await Task.WhenAll(lent, cache ?? Task.CompletedTask).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<EnvironmentPlan> ActivateAsync(EnvironmentPlan plan, StoreTransaction transaction, CancellationToken cancellationToken)
    {
        if (plan.Scripts != ScriptPolicy.Run)
        {
            return plan;
        }

        var generated = GeneratedFiles.For(plan, new PlannedContents(plan, _store).Read);
        return plan.With(await new ScriptActivation(_store, _sandbox, _scripts).RunAsync(plan, transaction, generated, cancellationToken));
    }

    private async Task<IReadOnlyList<GeneratedFile>> MakeLibraryCacheAsync(
        EnvironmentPlan plan, PlannedContents contents, StoreTransaction transaction, PreviousEnvironment? older, CancellationToken cancellationToken)
    {
        if (LibrarySet.Of(plan, contents.Read) is not { } libraries)
        {
            return [];
        }

        var cache = older?.LibraryCacheFor(libraries.Key)
            ?? await new LibraryCache(_sandbox, _store).MakeAsync(plan, libraries, transaction.MakeScratchFolder(), cancellationToken);
        return [new GeneratedFile(LibraryCache.Path, cache, null), GeneratedFile.Text(PreviousEnvironment.LibrariesFile, libraries.Key)];
    }

    /// <summary>The lender's digests, and how to tell what would lie over its directories; null where nothing is borrowed, or nothing layered.</summary>
    private async Task<(TreeDigests? Digests, LentDifference? Difference)> ReadLenderAsync(
        EnvironmentPlan plan, PreviousEnvironment? lender, StoreTransaction transaction, CancellationToken cancellationToken) => lender is null
            ? (null, null)
            : (lender.LentDirectories(), _layerTrial is not null && await _layerTrial(transaction.MakeScratchFolder(), cancellationToken)
                ? new LentTree(lender.LenderFolder, file => StatusOf(plan, file)).Difference
                : null);

    private static TreeComposition? Compose(EnvironmentPlan plan, PreviousEnvironment? lender, (TreeDigests? Digests, LentDifference? Difference) lent, List<GeneratedFile> generated)
    {
        if (plan.Root.CountEntries() < TreeComposition.MinEntries)
        {
            return null;
        }

        var own = TreeDigests.Of(plan.Root);
        if (lender is not null && lent.Digests is { } digests && TreeComposition.Choose(plan.Root, own, digests, lent.Difference) is { } composition)
        {
            generated.Add(GeneratedFile.Text(CompositionRecord.FileName, new CompositionRecord(lender.Lender, composition.Parts).Write()));
            return composition;
        }

        generated.Add(GeneratedFile.Text(PreviousEnvironment.DigestsFile, own.Write()));
        return null;
    }

    private EntryStatus? StatusOf(EnvironmentPlan plan, PlannedFile file) =>
        file.Owner == PlannedDirectory.Activation ? null : _store.StatusOf(plan.Packages[file.Owner].Object, file.Entry.Path);

    private static void Write(
        EnvironmentPlan plan, EnvironmentWriter writer, TreeComposition? composition, List<GeneratedFile> generated, PlannedContents contents, CancellationToken cancellationToken)
    {
        var replaced = generated.Select(file => file.Path).Append(LibraryCache.Path).ToHashSet(StringComparer.Ordinal);
        var files = (composition?.Files ?? plan.Root.AllFiles()).Where(file => !replaced.Contains(file.Path.Text)).ToLookup(file => file.Owner != PlannedDirectory.Activation);
        writer.LinkAll([.. files[true].Select(file => new ObjectLink(file.Path, plan.Packages[file.Owner].Object, file.Entry))], cancellationToken);
        foreach (var file in files[false])
        {
            cancellationToken.ThrowIfCancellationRequested();
            Write(writer, file, contents);
        }

        foreach (var path in composition?.Directories ?? plan.Root.EmptyDirectories())
        {
            writer.Directory(RelativePath.Of(path));
        }
    }

    private static void Write(EnvironmentWriter writer, PlannedFile file, PlannedContents files)
    {
        if (file.Entry.Kind == TreeEntryKind.SymbolicLink)
        {
            writer.SymbolicLink(file.Path, file.Entry.Target);
        }
        else
        {
            using var content = files.Open(file);
            writer.File(file.Path, file.Entry.Kind == TreeEntryKind.ExecutableFile, file.Entry.Size, content);
        }
    }

    private static void Write(EnvironmentWriter writer, GeneratedFile file)
    {
        var path = RelativePath.Of(file.Path);
        if (file.Content is { } content)
        {
            using var stream = new MemoryStream(content);
            writer.File(path, executable: false, content.Length, stream);
        }
        else
        {
            writer.SymbolicLink(path, file.Target!);
        }
    }
}

/// <summary>A staged environment.</summary>
/// <param name="Manifest">Its manifest.</param>
/// <param name="Lender">The environment that it borrows directories from; null if it is written whole.</param>
/// <param name="Plan">The plan after scripts have run.</param>
public sealed record BuiltEnvironment(EnvironmentManifest Manifest, Blake3Digest? Lender, EnvironmentPlan Plan);
