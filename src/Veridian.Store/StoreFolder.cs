using Veridian.Core.Errors;
using Veridian.Core.Hashing;
using Veridian.Core.Paths;
using Veridian.Core.Units;
using Veridian.Posix;
using Veridian.Store.Database;
using Veridian.Store.Files;
using Veridian.Store.Manifests;
using Veridian.Store.Roots;
using Veridian.Store.Transactions;
using Veridian.Store.Trees;

namespace Veridian.Store;

/// <summary>One store on this machine: objects, environments, their manifests, shared file contents, roots.</summary>
/// <remarks>Source: <c>store-format/README.md</c> F-5, <c>spec/store.md</c>. Thread-safe. Reading needs no lock: what is there is complete.</remarks>
public sealed class StoreFolder : IDisposable
{
    internal static ReadOnlySpan<byte> FormatLine => "veridian-store 1\n"u8;
    private const int ManifestLimit = 1 << 30;
    private const int ControlLimit = 256 << 20;
    private readonly DirectoryHandle[] _open;

    private StoreFolder(string path, IStoreFiles files, TimeProvider time)
    {
        (Path, Files, Time) = (path, files, time);
        Roots = StoreRoots.Open(path, files, time); // first: it checks the format
        Root = DirectoryHandle.Open(path);
        _open =
        [
            Root,
            ObjectsFolder = StoreLayout.OpenPart(Root, StoreLayout.Objects),
            ManifestsFolder = StoreLayout.OpenPart(Root, StoreLayout.Manifests),
            ControlFolder = StoreLayout.OpenPart(Root, StoreLayout.Control),
            BlobsFolder = StoreLayout.OpenPart(Root, StoreLayout.Blobs),
            EnvironmentsFolder = StoreLayout.OpenPart(Root, StoreLayout.Environments),
            StagingFolder = StoreLayout.OpenPart(Root, StoreLayout.Staging),
            TrashFolder = StoreLayout.OpenPart(Root, StoreLayout.Trash),
        ];
        Lock = new StoreLock(Root, time);
    }

    /// <summary>The store's folder, absolute and without symbolic links.</summary>
    public string Path { get; }

    /// <summary>What must stay.</summary>
    public StoreRoots Roots { get; }

    /// <summary>How much data of other programs one sync of the file system may bring to disk for us (ST-17).</summary>
    internal ByteCount ForeignDirtyLimit { get; set; } = new(512L << 20);

    internal IStoreFiles Files { get; }

    internal TimeProvider Time { get; }

    internal StoreLock Lock { get; }

    internal DirectoryHandle Root { get; }

    internal DirectoryHandle ObjectsFolder { get; }

    internal DirectoryHandle ManifestsFolder { get; }

    internal DirectoryHandle ControlFolder { get; }

    internal DirectoryHandle BlobsFolder { get; }

    internal DirectoryHandle EnvironmentsFolder { get; }

    internal DirectoryHandle StagingFolder { get; }

    internal DirectoryHandle TrashFolder { get; }

    /// <summary>Whether a store was made there.</summary>
    public static bool IsThere(string path) => PathLookup.TypeOf(System.IO.Path.Combine(path, StoreLayout.FormatFile)) is not null;

    /// <summary>Opens a store that is there.</summary>
    /// <exception cref="StorageException">There is none, or it cannot be read.</exception>
    /// <exception cref="StoreDamagedException">It has a format this version does not know.</exception>
    public static StoreFolder Open(string path, IStoreFiles files, TimeProvider time) => new(Entries.RealPath(path), files, time);

    /// <summary>Opens a store, after making it if the folder is missing or empty.</summary>
    /// <exception cref="StorageException">It cannot be made or read.</exception>
    /// <exception cref="InvalidInputException">The folder holds something else.</exception>
    /// <exception cref="StoreDamagedException">It has a format this version does not know.</exception>
    public static StoreFolder OpenOrCreate(string path, IStoreFiles files, TimeProvider time)
    {
        StoreLayout.CreateIfMissing(path, files, time);
        return Open(path, files, time);
    }

    /// <summary>Begins to change the store; also clears what dead transactions left.</summary>
    /// <param name="wait">How long to wait for a gc that is just marking.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <exception cref="BusyException">It took longer.</exception>
    public StoreTransaction Begin(TimeSpan wait, CancellationToken cancellationToken) =>
        StoreTransaction.Begin(this, wait, cancellationToken);

    /// <summary>Whether the object is there, complete.</summary>
    public bool Exists(StorePath path) =>
        Entries.Status(ObjectsFolder, path.Text) is { Type: EntryType.Directory } && Entries.Status(ManifestsFolder, path.Text) is not null;

    /// <summary>Whether the environment is there, complete.</summary>
    public bool EnvironmentExists(Blake3Digest id) =>
        Entries.Status(EnvironmentsFolder, id.ToString()) is { Type: EntryType.Directory }
        && Entries.Status(ManifestsFolder, id.ToString()) is not null;

    /// <summary>The absolute path of an object's tree.</summary>
    public string FolderOf(StorePath path) => ObjectsFolder.PathOf(path.Text);

    /// <summary>The status of a file or link of an object; null if the object lacks it.</summary>
    public EntryStatus? StatusOf(StorePath path, RelativePath file) => Entries.Status(ObjectsFolder, $"{path.Text}/{file.Text}");

    /// <summary>The absolute path of an environment's tree.</summary>
    public string FolderOfEnvironment(Blake3Digest id) => EnvironmentsFolder.PathOf(id.ToString());

    /// <summary>An object's manifest with all entries, checked against all its digests and against the store path.</summary>
    /// <exception cref="StoreDamagedException">It is missing or damaged.</exception>
    public ObjectManifest ReadManifest(StorePath path) => ReadManifest(path, ObjectManifest.Read);

    /// <summary>The same for an object that nobody keeps from gc; null if it is not there.</summary>
    /// <exception cref="StoreDamagedException">It is damaged.</exception>
    public ObjectManifest? TryReadManifest(StorePath path) =>
        SmallFiles.TryRead(ManifestsFolder, path.Text, ManifestLimit) is { } bytes ? Checked(path, ObjectManifest.Read(bytes, ManifestsFolder.PathOf(path.Text))) : null;

    /// <summary>What is in an object, by a manifest that is checked against its closing digest and against the store path.</summary>
    /// <exception cref="StoreDamagedException">It is missing or damaged.</exception>
    public IReadOnlyList<TreeEntry> ReadEntries(StorePath path) => ReadManifest(path, ObjectManifest.ReadSealed).Entries;

    private ObjectManifest ReadManifest(StorePath path, Func<byte[], string, ObjectManifest> read) =>
        Checked(path, read(ReadManifestBytes(path.Text), ManifestsFolder.PathOf(path.Text)));

    private ObjectManifest Checked(StorePath path, ObjectManifest manifest) => manifest.Path == path
        ? manifest
        : throw new StoreDamagedException(ErrorCodes.StoreDamaged,
            $"Manifest '{ManifestsFolder.PathOf(path.Text)}' describes another object.", "Run 'vpkg verify --repair' to mend it; 'vpkg verify --store' shows all that differs.");

    /// <summary>An object's manifest without its entries; cheaper, and not checked.</summary>
    /// <exception cref="StoreDamagedException">It is missing or damaged.</exception>
    public ObjectManifest ReadManifestHead(StorePath path) => TryReadManifestHead(path) ?? throw Missing(ManifestsFolder.PathOf(path.Text));

    /// <summary>The same for an object that nobody keeps from gc; null if it is not there.</summary>
    /// <exception cref="StoreDamagedException">It is damaged.</exception>
    public ObjectManifest? TryReadManifestHead(StorePath path) =>
        SmallFiles.TryRead(ManifestsFolder, path.Text, ManifestLimit) is { } bytes ? ObjectManifest.ReadHead(bytes, ManifestsFolder.PathOf(path.Text)) : null;

    /// <summary>An environment's manifest with all entries, checked against its own digests.</summary>
    /// <exception cref="StoreDamagedException">It is missing or damaged.</exception>
    public EnvironmentManifest ReadEnvironmentManifest(Blake3Digest id) =>
        EnvironmentManifest.Read(ReadManifestBytes(id.ToString()), ManifestsFolder.PathOf(id.ToString()));

    /// <summary>An environment's manifest without its entries; cheaper, and not checked.</summary>
    /// <exception cref="StoreDamagedException">It is missing or damaged.</exception>
    public EnvironmentManifest ReadEnvironmentManifestHead(Blake3Digest id) =>
        EnvironmentManifest.ReadHead(ReadManifestBytes(id.ToString()), ManifestsFolder.PathOf(id.ToString()));

    /// <summary>An object's control data.</summary>
    /// <exception cref="StoreDamagedException">It is missing or damaged.</exception>
    public ControlData ReadControl(StorePath path) => TryReadControl(path) ?? throw Missing(ControlFolder.PathOf(path.Text));

    /// <summary>The same for an object that nobody keeps from gc; null if it is not there.</summary>
    /// <exception cref="StoreDamagedException">It is damaged.</exception>
    public ControlData? TryReadControl(StorePath path) =>
        SmallFiles.TryRead(ControlFolder, path.Text, ControlLimit) is { } bytes ? ControlData.Read(bytes, ControlFolder.PathOf(path.Text)) : null;

    /// <summary>All complete objects, in no order.</summary>
    public IReadOnlyList<StorePath> ListObjects()
    {
        var described = Entries.List(ManifestsFolder).Select(e => e.Name).ToHashSet(StringComparer.Ordinal);
        return [.. Entries.List(ObjectsFolder).Where(e => described.Contains(e.Name))
            .Select(e => StorePath.TryParse(e.Name, out var path) ? path : null).OfType<StorePath>()];
    }

    /// <summary>All complete environments, in no order.</summary>
    public IReadOnlyList<Blake3Digest> ListEnvironments()
    {
        var ids = new List<Blake3Digest>();
        foreach (var (name, _) in Entries.List(EnvironmentsFolder))
        {
            if (Blake3Digest.TryParse(name, out var id) && Entries.Status(ManifestsFolder, name) is not null)
            {
                ids.Add(id);
            }
        }

        return ids;
    }

    /// <summary>The index, brought level with what is on disk.</summary>
    public StoreIndex OpenIndex() => StoreIndex.Open(this);

    /// <summary>What is left on the store's disk.</summary>
    public DiskSpace FreeSpace() => DiskSpace.Of(Root);

    /// <inheritdoc/>
    public void Dispose()
    {
        Roots.Dispose();
        foreach (var folder in _open)
        {
            folder.Dispose();
        }
    }

    internal static StoreDamagedException Missing(string path) =>
        new(ErrorCodes.StoreDamaged, $"'{path}' is missing.", "Run 'vpkg verify --repair' to mend it; 'vpkg verify --store' shows all that differs.");

    private byte[] ReadManifestBytes(string name) =>
        SmallFiles.TryRead(ManifestsFolder, name, ManifestLimit) ?? throw Missing(ManifestsFolder.PathOf(name));
}
