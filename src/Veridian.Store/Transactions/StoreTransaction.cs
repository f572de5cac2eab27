using Veridian.Core.Hashing;
using Veridian.Core.Paths;
using Veridian.Posix;
using Veridian.Store.Files;
using Veridian.Store.Manifests;
using Veridian.Store.Trees;

namespace Veridian.Store.Transactions;

/// <summary>
/// One change of the store. What it stages becomes visible in <see cref="Publish"/>, complete or not at all; what it keeps,
/// stages or publishes is safe from a gc until it is disposed, so write roots before that.
/// </summary>
/// <remarks>Source: <c>spec/store.md</c> ST-8 to ST-19. Thread-safe, except that Publish and Dispose come last.</remarks>
public sealed class StoreTransaction : IDisposable
{
    private readonly StoreFolder _store;
    private readonly StagingArea _area;
    private readonly Lock _lock = new();
    private readonly List<StagedTree> _staged = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    private StoreTransaction(StoreFolder store, StagingArea area) => (_store, _area) = (store, area);

    internal static StoreTransaction Begin(StoreFolder store, TimeSpan wait, CancellationToken cancellationToken)
    {
        Sweep(store, cancellationToken);
        using var shared = store.Lock.Shared(wait, cancellationToken);
        return new StoreTransaction(store, StagingArea.Create(store));
    }

    /// <summary>Protects objects from a gc until the end.</summary>
    /// <returns>Those that are in the store; the others have to be staged.</returns>
    public IReadOnlySet<StorePath> Keep(IEnumerable<StorePath> paths)
    {
        using var shared = _store.Lock.Shared(StoreLock.DefaultWait, CancellationToken.None);
        var there = paths.Where(_store.Exists).ToHashSet();
        _area.Keep([.. there.Select(p => p.Text)]);
        return there;
    }

    /// <summary>Protects an environment from a gc until the end; false if the store does not have it.</summary>
    public bool KeepEnvironment(Blake3Digest id)
    {
        using var shared = _store.Lock.Shared(StoreLock.DefaultWait, CancellationToken.None);
        if (!_store.EnvironmentExists(id))
        {
            return false;
        }

        _area.Keep([id.ToString()]);
        return true;
    }

    /// <summary>Begins an object.</summary>
    /// <param name="name">A package name (N-1).</param>
    /// <param name="version">The version text as the repository gives it.</param>
    /// <param name="architecture">The architecture word.</param>
    public ObjectWriter Stage(string name, string version, string architecture) =>
        new(this, NewTree(), name, version, architecture);

    /// <summary>Begins an environment, which keeps the objects named alive.</summary>
    /// <param name="id">A digest over all that the environment is made from.</param>
    /// <param name="objects">The objects, in order.</param>
    public EnvironmentWriter StageEnvironment(Blake3Digest id, IReadOnlyList<StorePath> objects) =>
        new(this, NewTree(), id, objects);

    /// <summary>A private folder for anything else, on the store's file system; it vanishes with the transaction, also after a crash.</summary>
    /// <returns>Its absolute path.</returns>
    public string MakeScratchFolder() => _area.Folder.PathOf(_area.MakeFolder("scratch-"));

    /// <summary>Makes durable and visible all that is complete: all bytes first, then the names. May be called again after staging more.</summary>
    /// <exception cref="Core.Errors.StorageException">The disk failed; what was not yet visible stays invisible.</exception>
    public void Publish(CancellationToken cancellationToken)
    {
        List<StagedTree> staged;
        lock (_lock)
        {
            staged = [.. _staged];
            _staged.Clear();
        }

        if (staged.Count > 0)
        {
            new Publication(_store, _area).Run(staged, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _area.Dispose();

    /// <summary>Takes over a finished object; true if there is nothing to publish.</summary>
    internal bool AddObject(StorePath path, TreeWriter tree, ObjectManifest manifest, ControlData control, bool again)
    {
        if (!IsNew(path.Text) || (!again && Keep([path]).Count > 0))
        {
            new TreeRemover(_store.Files).Remove(_area.Folder, tree.Name);
            return true;
        }

        var (manifestFile, controlFile) = (tree.Name + ".manifest", tree.Name + ".control");
        SmallFiles.Write(_store.Files, _area.Folder, manifestFile, manifest.Write());
        SmallFiles.Write(_store.Files, _area.Folder, controlFile, control.Write());
        Add(new StagedTree(path.Text, _store.ObjectsFolder, tree.Name, manifestFile, controlFile, tree.Bytes));
        return false;
    }

    internal void AddEnvironment(TreeWriter tree, EnvironmentManifest manifest)
    {
        var name = manifest.Id.ToString();
        if (!IsNew(name) || KeepEnvironment(manifest.Id))
        {
            new TreeRemover(_store.Files).Remove(_area.Folder, tree.Name);
            return;
        }

        var manifestFile = tree.Name + ".manifest";
        SmallFiles.Write(_store.Files, _area.Folder, manifestFile, manifest.Write());
        Add(new StagedTree(name, _store.EnvironmentsFolder, tree.Name, manifestFile, null, tree.Bytes));
    }

    /// <summary>Clears what dead transactions left, if nobody else is at work and there is anything.</summary>
    private static void Sweep(StoreFolder store, CancellationToken cancellationToken)
    {
        if (Entries.List(store.StagingFolder).Count == 0)
        {
            return;
        }

        var found = false;
        using (var exclusive = store.Lock.TryExclusive())
        {
            if (exclusive is not null && StagingSweep.MoveDeadToTrash(store))
            {
                Publication.SealRoots(store);
                found = true;
            }
        }

        if (found)
        {
            Trash.Empty(store, cancellationToken);
        }
    }

    private TreeWriter NewTree() => new(_store, _area, _area.MakeFolder("tree-"));

    private bool IsNew(string name)
    {
        lock (_lock)
        {
            return _names.Add(name);
        }
    }

    private void Add(StagedTree tree)
    {
        lock (_lock)
        {
            _staged.Add(tree);
        }
    }
}
