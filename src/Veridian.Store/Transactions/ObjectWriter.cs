using Veridian.Core.Paths;
using Veridian.Core.Trees;
using Veridian.Core.Units;
using Veridian.Store.Manifests;
using Veridian.Store.Trees;

namespace Veridian.Store.Transactions;

/// <summary>Takes one object's tree. Made by <see cref="StoreTransaction.Stage"/>; for one thread, but several writers may run at once.</summary>
/// <remarks>
/// Source: <c>spec/store.md</c> ST-10 to ST-14. Every method throws <see cref="Core.Errors.UntrustedException"/> for an entry that no
/// honest archive has, and <see cref="Core.Errors.StorageException"/> if the disk fails.
/// </remarks>
public sealed class ObjectWriter : ITreeSink, IDisposable
{
    private readonly StoreTransaction _transaction;
    private readonly TreeWriter _tree;
    private readonly (string Name, string Version, string Architecture) _identity;

    internal ObjectWriter(StoreTransaction transaction, TreeWriter tree, string name, string version, string architecture)
    {
        (_transaction, _tree) = (transaction, tree);
        _identity = (name, version, architecture);
    }

    /// <inheritdoc/>
    public void Directory(RelativePath path) => _tree.Directory(path);

    /// <inheritdoc/>
    public void File(RelativePath path, bool executable, long length, Stream content) => _tree.File(path, executable, length, content);

    /// <inheritdoc/>
    public void SymbolicLink(RelativePath path, string target) => _tree.SymbolicLink(path, target);

    /// <inheritdoc/>
    public void HardLink(RelativePath path, RelativePath target) => _tree.HardLink(path, target);

    /// <summary>Ends the tree and learns its name. It is protected from gc from now on, and in the store after <see cref="StoreTransaction.Publish"/>.</summary>
    public StagedObject Complete(ControlData control, Origin origin) => Complete(control, origin, again: false);

    /// <summary>
    /// The same for a repair: although the store has the object, publishing renews its manifest, its control data and the
    /// shared contents it is made of, from which <see cref="Repairing.StoreRepair.Mend"/> then takes.
    /// </summary>
    public StagedObject CompleteAgain(ControlData control, Origin origin) => Complete(control, origin, again: true);

    /// <inheritdoc/>
    public void Dispose() => _tree.Dispose();

    private StagedObject Complete(ControlData control, Origin origin, bool again)
    {
        var entries = _tree.Seal();
        var (name, version, architecture) = _identity;
        var manifest = new ObjectManifest
        {
            Identity = new ObjectIdentity(name, version, architecture, TreeDigest.Of(entries), control.Digest),
            Files = _tree.Files,
            Bytes = new ByteCount(_tree.Bytes),
            Origin = origin,
            Entries = entries,
        };
        var path = manifest.Path;
        var alreadyThere = _transaction.AddObject(path, _tree, manifest, control, again);
        return new StagedObject(path, manifest.Identity.Tree, manifest.Bytes, manifest.Files, alreadyThere);
    }
}
