using Veridian.Core.Hashing;
using Veridian.Core.Paths;
using Veridian.Core.Trees;
using Veridian.Core.Units;
using Veridian.Posix;
using Veridian.Store.Manifests;
using Veridian.Store.Trees;

namespace Veridian.Store.Transactions;

/// <summary>Takes one environment's tree: files of objects as hard links, anything else as for an object. For one thread.</summary>
/// <remarks>Source: <c>spec/store.md</c> ST-15. Throws as <see cref="ObjectWriter"/> does.</remarks>
public sealed class EnvironmentWriter : ITreeSink, IDisposable
{
    private readonly StoreTransaction _transaction;
    private readonly StoreFolder _store;
    private readonly TreeWriter _tree;
    private readonly Blake3Digest _id;
    private readonly IReadOnlyList<StorePath> _objects;
    private (StorePath Path, DirectoryHandle Folder)? _source;

    internal EnvironmentWriter(StoreTransaction transaction, StoreFolder store, TreeWriter tree, Blake3Digest id, IReadOnlyList<StorePath> objects) =>
        (_transaction, _store, _tree, _id, _objects) = (transaction, store, tree, id, objects);

    /// <inheritdoc/>
    public void Directory(RelativePath path) => _tree.Directory(path);

    /// <inheritdoc/>
    public void File(RelativePath path, bool executable, long length, Stream content) => _tree.File(path, executable, length, content);

    /// <inheritdoc/>
    public void SymbolicLink(RelativePath path, string target) => _tree.SymbolicLink(path, target);

    /// <inheritdoc/>
    public void HardLink(RelativePath path, RelativePath target) => _tree.HardLink(path, target);

    /// <summary>Takes over one entry of a published object: a file or symbolic link as a hard link, a directory as it is.</summary>
    /// <param name="path">Where it goes in the environment.</param>
    /// <param name="source">The object, which must be in the store.</param>
    /// <param name="entry">The entry of its manifest.</param>
    /// <exception cref="Core.Errors.StoreDamagedException">The object lacks the file.</exception>
    public void Link(RelativePath path, StorePath source, TreeEntry entry)
    {
        switch (entry.Kind)
        {
            case TreeEntryKind.Directory:
                _tree.Directory(path);
                break;
            case TreeEntryKind.SymbolicLink:
                _tree.LinkSymbolic(path, entry.Target, FolderOf(source), entry.Path.Text);
                break;
            default:
                _tree.Link(path, entry, FolderOf(source), entry.Path.Text);
                break;
        }
    }

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
    public void Dispose()
    {
        _source?.Folder.Dispose();
        _tree.Dispose();
    }

    private DirectoryHandle FolderOf(StorePath path)
    {
        if (_source?.Path != path)
        {
            _source?.Folder.Dispose();
            _source = null;
            _source = (path, _store.ObjectsFolder.OpenFolder(path.Text));
        }

        return _source!.Value.Folder;
    }
}
