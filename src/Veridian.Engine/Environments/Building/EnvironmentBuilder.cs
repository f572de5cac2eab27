using Veridian.Build.Sandbox;
using Veridian.Core.Errors;
using Veridian.Core.Paths;
using Veridian.Engine.Environments.Activation;
using Veridian.Engine.Environments.Planning;
using Veridian.Store;
using Veridian.Store.Manifests;
using Veridian.Store.Transactions;
using Veridian.Store.Trees;

namespace Veridian.Engine.Environments.Building;

/// <summary>Writes a planned environment: the merged tree, then what activation makes of it.</summary>
/// <remarks>Source: <c>spec/environments.md</c> E-9 to E-15.</remarks>
public sealed class EnvironmentBuilder
{
    private readonly StoreFolder _store;
    private readonly ISandbox _sandbox;

    /// <summary>Takes what it works with.</summary>
    /// <param name="store">Where the packages' objects are.</param>
    /// <param name="sandbox">Where the environment's own tools run.</param>
    public EnvironmentBuilder(StoreFolder store, ISandbox sandbox) => (_store, _sandbox) = (store, sandbox);

    /// <summary>Stages an environment. It is in the store once the transaction is published.</summary>
    /// <param name="plan">What to write; the transaction keeps its objects.</param>
    /// <param name="transaction">What it is staged in.</param>
    /// <param name="cancellationToken">Stops between two packages, or kills a running tool.</param>
    /// <exception cref="StorageException">A file cannot be linked or written.</exception>
    /// <exception cref="StoreDamagedException">A file of an object is gone.</exception>
    /// <exception cref="BuildFailedException"><see cref="ErrorCodes.ActivationFailed"/>.</exception>
    public async Task<EnvironmentManifest> BuildAsync(EnvironmentPlan plan, StoreTransaction transaction, CancellationToken cancellationToken)
    {
        var files = new PlannedContents(plan, _store);
        var generated = GeneratedFiles.For(plan, files.Read).ToDictionary(file => file.Path, StringComparer.Ordinal);
        if (await new LibraryCache(_sandbox, _store).MakeAsync(plan, transaction.MakeScratchFolder(), cancellationToken) is { } cache)
        {
            generated[LibraryCache.Path] = new GeneratedFile(LibraryCache.Path, cache, null);
        }

        using var writer = transaction.StageEnvironment(plan.Digest, [.. plan.Packages.Select(package => package.Object).Order()]);
        WriteTree(plan, writer, generated, files, cancellationToken);
        foreach (var file in generated.Values)
        {
            Write(writer, file);
        }

        return writer.Complete();
    }

    private static void WriteTree(
        EnvironmentPlan plan, EnvironmentWriter writer, Dictionary<string, GeneratedFile> generated, PlannedContents files, CancellationToken cancellationToken)
    {
        // Package by package: the writer keeps the last object's folder open.
        foreach (var package in plan.Root.AllFiles().Where(file => !generated.ContainsKey(file.Path.Text)).ToLookup(file => file.Owner))
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var file in package)
            {
                Write(plan, writer, file, files);
            }
        }

        foreach (var path in plan.Root.EmptyDirectories())
        {
            writer.Directory(RelativePath.Of(path));
        }
    }

    private static void Write(EnvironmentPlan plan, EnvironmentWriter writer, PlannedFile file, PlannedContents files)
    {
        if (file.Entry.Kind == TreeEntryKind.SymbolicLink)
        {
            writer.SymbolicLink(file.Path, file.Entry.Target);
        }
        else if (file.Path.Text.StartsWith("etc/", StringComparison.Ordinal))
        {
            // E-9: configuration is copied, so that no name of it leads back into an object.
            using var content = files.Open(file);
            writer.File(file.Path, file.Entry.Kind == TreeEntryKind.ExecutableFile, file.Entry.Size, content);
        }
        else
        {
            writer.Link(file.Path, plan.Packages[file.Owner].Object, file.Entry);
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
