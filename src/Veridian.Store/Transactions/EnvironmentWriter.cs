using Veridian.Core.Hashing;
using Veridian.Core.Paths;
using Veridian.Core.Trees;
using Veridian.Core.Units;
using Veridian.Store.Manifests;
using Veridian.Store.Trees;

namespace Veridian.Store.Transactions;

/// <summary>Takes one environment's tree: files of objects as hard links, anything else as for an object. For one thread.</summary>
/// <remarks>Source: <c>spec/store.md</c> ST-15. Throws as <see cref="ObjectWriter"/> does.</remarks>
public sealed class EnvironmentWriter : ITreeSink, IDisposable
{
    private readonly StoreTransaction _transaction;
    private readonly TreeWriter _tree;
    private readonly Blake3Digest _id;
    private readonly IReadOnlyList<StorePath> _objects;

    internal EnvironmentWriter(StoreTransaction transaction, TreeWriter tree, Blake3Digest id, IReadOnlyList<StorePath> objects) =>
        (_transaction, _tree, _id, _objects) = (transaction, tree, id, objects);

    /// <inheritdoc/>
    public void Directory(RelativePath path) => _tree.Directory(path);

    /// <inheritdoc/>
    public void File(RelativePath path, bool executable, long length, Stream content) => _tree.File(path, executable, length, content);

    /// <inheritdoc/>
    public void SymbolicLink(RelativePath path, string target) => _tree.SymbolicLink(path, target);

    /// <inheritdoc/>
    public void HardLink(RelativePath path, RelativePath target) => _tree.HardLink(path, target);

    /// <summary>Takes over files and symbolic links of published objects as hard links, on all processors.</summary>
    /// <param name="links">Those of one directory one after the other.</param>
    /// <param name="cancellationToken">Stops between two directories.</param>
    /// <exception cref="Core.Errors.StoreDamagedException">An object lacks the file.</exception>
    public void LinkAll(IReadOnlyList<ObjectLink> links, CancellationToken cancellationToken) => _tree.LinkAll(links, cancellationToken);

    /// <summary>Ends the tree. It is in the store after <see cref="StoreTransaction.Publish"/>.</summary>
    public EnvironmentManifest Complete()
    {
        var entries = _tree.Seal();
        var manifest = new EnvironmentManifest
        {
            Id = _id,
            Tree = TreeDigest.Of(entries),
            Files = _tree.Files,
            Bytes = new ByteCount(_tree.Bytes),
            Objects = _objects,
            Entries = entries,
        };
        _transaction.AddEnvironment(_tree, manifest);
        return manifest;
    }

    /// <inheritdoc/>
    public void Dispose() => _tree.Dispose();
}
