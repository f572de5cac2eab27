using Veridian.Core.Errors;
using Veridian.Posix;
using Veridian.Store.Files;
using Veridian.Store.Text;

namespace Veridian.Store.Roots;

/// <summary>The reasons why things in the store must stay, one small file each.</summary>
/// <remarks>Source: <c>spec/store.md</c> ST-20 to ST-22. They lie beside the objects, so that no gc can overlook another state folder.</remarks>
public sealed class StoreRoots : IDisposable
{
    private const string Format = "veridian-root 1";
    private const int Limit = 64 << 20;
    private readonly DirectoryHandle _store;
    private readonly IStoreFiles _files;
    private readonly TimeProvider _time;

    private StoreRoots(DirectoryHandle store, IStoreFiles files, TimeProvider time) =>
        (_store, Folder, _files, _time) = (store, StoreLayout.OpenPart(store, StoreLayout.Roots), files, time);

    /// <summary>Opens the roots of a store, and nothing else of it.</summary>
    /// <exception cref="StorageException">There is no store, or it cannot be read.</exception>
    /// <exception cref="StoreDamagedException">It has a format this version does not know.</exception>
    public static StoreRoots Open(string store, IStoreFiles files, TimeProvider time)
    {
        var root = DirectoryHandle.Open(store);
        StoreLayout.CheckFormat(root);
        return new StoreRoots(root, files, time);
    }

    internal DirectoryHandle Folder { get; }

    /// <summary>All roots, also those whose generation is gone.</summary>
    /// <exception cref="StoreDamagedException">One cannot be read; nothing must be collected then.</exception>
    public IReadOnlyList<RootRecord> List() =>
        [.. Entries.List(Folder).Select(e => e.Name).Where(IsId).Order(StringComparer.Ordinal).Select(Read).OfType<RootRecord>()];

    /// <summary>Writes or replaces a root, durably. What it names must be kept by a transaction until then.</summary>
    /// <exception cref="ArgumentException">The id cannot be a file name.</exception>
    public void Write(RootRecord root)
    {
        if (!IsId(root.Id))
        {
            throw new ArgumentException($"'{root.Id}' is no root id.", nameof(root));
        }

        var writer = new RecordWriter(Format).Add("kind", root.Kind).Add("project", root.Project).Add("generation", root.Generation);
        foreach (var id in root.Environments)
        {
            writer.Add("environment", id.ToString());
        }

        foreach (var path in root.Objects)
        {
            writer.Add("object", path.Text);
        }

        using var shared = new StoreLock(_store, _time).Shared(StoreLock.DefaultWait, CancellationToken.None);
        SmallFiles.Replace(_files, Folder, root.Id, writer.ToBytes());
        Touch(root.Id);
    }

    /// <summary>Whether there is a root of that id.</summary>
    public bool Has(string id) => IsId(id) && Entries.Status(Folder, id) is not null;

    /// <summary>Removes a root; false if there is none.</summary>
    public bool Remove(string id)
    {
        if (!IsId(id) || !_files.Remove(Folder, id, isDirectory: false))
        {
            return false;
        }

        _files.SyncDirectory(Folder);
        return true;
    }

    /// <summary>Notes that a root is in use now. Best effort: a read-only store is no reason to fail.</summary>
    public void Touch(string id)
    {
        try
        {
            Durable.SetTime(Folder, id, _time.GetUtcNow());
        }
        catch (StorageException)
        {
            // The time only tells people and policies what is unused.
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Folder.Dispose();
        _store.Dispose();
    }

    internal static bool IsId(string id)
    {
        foreach (var c in id)
        {
            if (c is not ((>= 'a' and <= 'z') or (>= '0' and <= '9') or '-' or '_' or '.'))
            {
                return false;
            }
        }

        return id.Length is > 0 and <= 128 && id[0] != '.';
    }

    private RootRecord? Read(string id)
    {
        if (SmallFiles.TryRead(Folder, id, Limit) is not { } bytes
            || Entries.Status(Folder, id) is not { } status)
        {
            return null;
        }

        try
        {
            return Parse(id, bytes, status);
        }
        catch (StoreDamagedException damaged)
        {
            throw new StoreDamagedException(damaged.Code, damaged.Message,
                "Use the version of vpkg that wrote it, or delete it and run 'vpkg doctor --fix' in the project that it belongs to.", damaged);
        }
    }

    private RootRecord Parse(string id, byte[] bytes, EntryStatus status)
    {
        var reader = new RecordReader(bytes, Folder.PathOf(id), Format);
        var (kind, project, generation) = (reader.Text("kind"), reader.Text("project"), reader.Text("generation"));
        List<Core.Hashing.Blake3Digest> environments = [];
        while (reader.TryText("environment") is { } digest)
        {
            environments.Add(reader.ParseDigest(digest));
        }

        List<Core.Paths.StorePath> objects = [];
        while (reader.TryText("object") is { } path)
        {
            objects.Add(reader.ParseStorePath(path));
        }

        return reader.AtEnd
            ? new RootRecord
            {
                Id = id,
                Kind = kind,
                Project = project,
                Generation = generation,
                Used = DateTimeOffset.FromUnixTimeSeconds(status.Modified),
                Environments = environments,
                Objects = objects,
            }
            : throw reader.Damaged("a line is not known");
    }
}
