using Veridian.Core.Errors;
using Veridian.Core.Hashing;
using Veridian.Core.Units;
using Veridian.Engine.Environments;
using Veridian.Engine.Environments.Activation;
using Veridian.Engine.Environments.Composing;
using Veridian.Engine.Realising;
using Veridian.Engine.Repositories;
using Veridian.Formats.Lockfile;
using Veridian.Store;
using Veridian.Store.Files;
using Veridian.Store.Generations;
using Veridian.Store.Transactions;

namespace Veridian.Engine.Applying;

/// <summary>
/// Walks a plan: objects, environment, generation. Whatever it is stopped at, the current generation is the old one or the
/// new one; what was staged is swept away, what was published stays in the store until gc.
/// </summary>
internal sealed class ApplyRunner(Workspace workspace, StoreFolder store, IStoreFiles files, HostDebian host)
{
    private static readonly TimeSpan Wait = TimeSpan.FromMinutes(10);

    /// <summary>Does what the plan says.</summary>
    public async Task<ApplyOutcome> RunAsync(ApplyPlan plan, CancellationToken cancellationToken)
    {
        var state = workspace.Locations.ProjectState(workspace.Profile);
        if (plan.NothingToDo)
        {
            return new ApplyOutcome(GenerationFolder.ReadCurrent(state)?.Number ?? 0, Changed: false, []);
        }

        using var transaction = store.Begin(Wait, cancellationToken);
        var selection = await RealiseAsync(transaction, plan, cancellationToken);
        var lockFile = plan.Lock.With(selection);
        var environment = await new EnvironmentStep(workspace, store).RunAsync(transaction, selection, plan.Profile, cancellationToken);
        var draft = new GenerationDraft
        {
            Command = plan.Command,
            Environment = environment.Digest,
            Lenders = CompositionRecord.Find(store.FolderOfEnvironment(environment.Digest)) is { } composition ? [composition.Lender] : [],
            Closure = [.. selection.Packages.Select(package => package.Store!)],
            Profile = plan.Profile.Root.Bytes,
            Lock = LockFileWriter.Write(lockFile),
            Includes = IncludedFiles.ToKeep(plan.Profile.Others),
            Furnish = new GenerationFurniture(workspace, store, files, plan.Profile, selection, environment).Write,
        };
        using var generations = GenerationFolder.Open(state, store.Roots, files, workspace.Time);
        var record = generations.Publish(draft, ApplySession.Files(workspace), Wait, cancellationToken);
        ProjectLinks.Refresh(workspace.Profile, workspace.Locations);
        return new ApplyOutcome(record.Number, Changed: true, Skipped(environment.Digest));
    }

    private async Task<LockedSelection> RealiseAsync(StoreTransaction transaction, ApplyPlan plan, CancellationToken cancellationToken)
    {
        // A gc may have run since the plan was made; from here on it cannot.
        var there = transaction.Keep(plan.Selection.Packages.Select(package => package.Store).OfType<Core.Paths.StorePath>());
        var missing = plan.Selection.Packages.Where(package => package.Store is null || !there.Contains(package.Store)).ToArray();
        if (missing.Length == 0)
        {
            return plan.Selection;
        }

        RequireSpace(missing);
        workspace.Observer.On(new Progress.EngineEvent.Step(plan.Download.Bytes > 0 ? $"Downloading and unpacking {Core.Text.Plural.Of(missing.Length, "package")}" : $"Unpacking {Core.Text.Plural.Of(missing.Length, "package")}"));
        using var network = new Network(workspace, host);
        var repositories = plan.Repositories ?? new RepositoryPlan([], []);
        var realised = await new Realiser(workspace, network, repositories).StageAsync(transaction, missing, cancellationToken);
        transaction.Publish(cancellationToken);
        return plan.Selection with { Packages = [.. plan.Selection.Packages.Select(package => realised.GetValueOrDefault(package.Name) ?? package)] };
    }

    private void RequireSpace(IReadOnlyList<LockedPackage> missing)
    {
        // Installed-Size is the repository's own estimate; a tenth on top covers directories, manifests and rounding.
        var needed = missing.Sum(package => package.InstalledSize + package.Size) * 11 / 10;
        var free = store.FreeSpace().Free;
        if (free.Bytes < needed)
        {
            throw new StorageException(ErrorCodes.DiskFull,
                $"'{store.Path}' has {free} free; this needs about {new ByteCount(needed)}.", "Run 'vpkg gc', or free space, and try again.");
        }
    }

    private IReadOnlyList<string> Skipped(Blake3Digest environment)
    {
        var path = Path.Combine(store.FolderOfEnvironment(environment), "activation", "record");
        return BoundedFile.TryRead(path, 16 << 20) is { } bytes
            ? [.. ActivationRecordText.Read(System.Text.Encoding.UTF8.GetString(bytes)).Where(record => record.Skipped.Count > 0).Select(record => record.Package)]
            : [];
    }
}
