using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Veridian.Core.Errors;
using Veridian.Core.Hashing;
using Veridian.Core.Paths;
using Veridian.Core.Units;
using Veridian.Posix;
using Veridian.Store.Files;
using Veridian.Store.Transactions;

namespace Veridian.Store.Database;

/// <summary>
/// A quick answer to "which objects are there". Only a cache: whatever is wrong with the file, it is made again from the
/// manifests, and where it cannot be written it is made in memory.
/// </summary>
/// <remarks>Source: <c>store-format/database/README.md</c>. For one thread. Its rows are read and checked once, when it is opened.</remarks>
public sealed class StoreIndex : IDisposable
{
    private const long SchemaVersion = 2;
    private readonly DatabaseConnection _database;
    private readonly Dictionary<string, IndexedObject> _rows = new(StringComparer.Ordinal);

    private StoreIndex(DatabaseConnection database) => _database = database;

    /// <summary>All objects, ordered by name, version and store path.</summary>
    public IReadOnlyList<IndexedObject> All() => Ordered(_rows.Values);

    /// <summary>The objects of one package name, ordered by version text and store path.</summary>
    public IReadOnlyList<IndexedObject> Find(string name) => Ordered(_rows.Values.Where(row => row.Name == name));

    /// <summary>The objects of many package names, by name.</summary>
    public ILookup<string, IndexedObject> FindMany(IReadOnlyCollection<string> names)
    {
        var wanted = names.ToHashSet(StringComparer.Ordinal);
        return Ordered(_rows.Values.Where(row => wanted.Contains(row.Name))).ToLookup(found => found.Name, StringComparer.Ordinal);
    }

    /// <inheritdoc/>
    public void Dispose() => _database.Dispose();

    /// <summary>Throws the index away and makes it anew from the manifests.</summary>
    public static StoreIndex RebuildFrom(StoreFolder store)
    {
        using var alone = FileLock.Wait(store.Root.PathOf("index.lock"), exclusive: true, TimeSpan.FromSeconds(30), store.Time, CancellationToken.None);
        return Rebuild(store) ?? InMemory(store);
    }

    internal static StoreIndex Open(StoreFolder store)
    {
        try
        {
            using var alone = FileLock.Wait(store.Root.PathOf("index.lock"), exclusive: true, TimeSpan.FromSeconds(30), store.Time, CancellationToken.None);
            return TryOpen(store, store.Root.PathOf(StoreLayout.Index)) ?? Rebuild(store) ?? InMemory(store);
        }
        catch (StorageException)
        {
            return InMemory(store);
        }
    }

    /// <summary>Notes fresh objects, if an index is there; a failure only means that it is brought level later.</summary>
    internal static void Register(StoreFolder store, IReadOnlyList<StagedTree> staged)
    {
        if (staged.Any(s => s.Control is not null) && Entries.Status(store.Root, StoreLayout.Index) is not null)
        {
            using var index = Open(store);
        }
    }

    private static StoreIndex? Rebuild(StoreFolder store)
    {
        foreach (var name in (string[])[StoreLayout.Index, StoreLayout.Index + "-wal", StoreLayout.Index + "-shm"])
        {
            if (Entries.Status(store.Root, name)?.Type == EntryType.Directory)
            {
                Trash.Add(store, store.Root, name);
            }
            else
            {
                Durable.Remove(store.Root, name, isDirectory: false);
            }
        }

        return TryOpen(store, store.Root.PathOf(StoreLayout.Index));
    }

    private static StoreIndex InMemory(StoreFolder store) =>
        TryOpen(store, ":memory:") ?? throw new UnavailableException(ErrorCodes.NativeLibraryMissing,
            "The index cannot even be made in memory: libsqlite3 does not work.", "Install the package 'libsqlite3-0'.");

    private static StoreIndex? TryOpen(StoreFolder store, string path)
    {
        DatabaseConnection? database = null;
        try
        {
            database = new DatabaseConnection(path);
            if (!Prepare(database))
            {
                database.Dispose();
                return null;
            }

            var index = new StoreIndex(database);
            index.BringLevel(store);
            return index;
        }
        catch (DatabaseException)
        {
            database?.Dispose();
            return null;
        }
        catch (DllNotFoundException e)
        {
            throw new UnavailableException(ErrorCodes.NativeLibraryMissing,
                "libsqlite3.so.0 cannot be loaded.", "Install the package 'libsqlite3-0'.", e);
        }
    }

    /// <summary>Makes the table in a new file; false if the file is of another version.</summary>
    private static bool Prepare(DatabaseConnection database)
    {
        database.Execute("PRAGMA journal_mode = WAL");
        database.Execute("PRAGMA synchronous = NORMAL");
        using (var version = database.Prepare("PRAGMA user_version"))
        {
            version.Next();
            if (version.Number(0) is not (0 or SchemaVersion))
            {
                return false;
            }
        }

        using (var check = database.Prepare("PRAGMA quick_check(1)"))
        {
            if (!check.Next() || check.Text(0) != "ok")
            {
                return false;
            }
        }

        database.Execute("CREATE TABLE IF NOT EXISTS objects (store_path TEXT PRIMARY KEY, name TEXT NOT NULL, version TEXT NOT NULL, "
            + "architecture TEXT NOT NULL, tree TEXT NOT NULL, bytes INTEGER NOT NULL, files INTEGER NOT NULL, checksum INTEGER NOT NULL) STRICT, WITHOUT ROWID");
        database.Execute($"PRAGMA user_version = {SchemaVersion}");
        return true;
    }

    /// <summary>The folder is right and the table follows: drops what is gone, reads the manifests of what is new or has another checksum.</summary>
    private void BringLevel(StoreFolder store)
    {
        var onDisk = store.ListObjects().ToDictionary(path => path.Text, StringComparer.Ordinal);
        var gone = ReadRows().Where(name => !onDisk.ContainsKey(name)).ToList();
        if (gone.Count == 0 && _rows.Count == onDisk.Count)
        {
            return;
        }

        _database.InTransaction(() =>
        {
            foreach (var name in gone)
            {
                _rows.Remove(name);
                _database.Execute("DELETE FROM objects WHERE store_path = ?", name);
            }

            using var insert = _database.Prepare("INSERT OR REPLACE INTO objects VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
            foreach (var fresh in onDisk.Where(entry => !_rows.ContainsKey(entry.Key)).OrderBy(entry => entry.Key, StringComparer.Ordinal))
            {
                Insert(store, insert, fresh.Value);
            }
        });
    }

    /// <summary>Takes over all rows whose checksum fits, and gives the names of all.</summary>
    private List<string> ReadRows()
    {
        var names = new List<string>();
        using var all = _database.Prepare("SELECT store_path, name, version, architecture, tree, bytes, files, checksum FROM objects");
        while (all.Next())
        {
            names.Add(all.Text(0));
            if (StorePath.TryParse(all.Text(0), out var path) && Blake3Digest.TryParse(all.Text(4), out var tree)
                && new IndexedObject(path, all.Text(1), all.Text(2), all.Text(3), tree, new ByteCount(all.Number(5)), (int)all.Number(6)) is var row && Checksum(row) == all.Number(7))
            {
                _rows[path.Text] = row;
            }
        }

        return names;
    }

    private void Insert(StoreFolder store, DatabaseStatement insert, StorePath path)
    {
        try
        {
            var head = store.ReadManifestHead(path);
            var row = new IndexedObject(path, head.Identity.Name, head.Identity.Version, head.Identity.Architecture, head.Identity.Tree, head.Bytes, head.Files);
            insert.Run(path.Text, row.Name, row.Version, row.Architecture, row.Tree.ToString(), row.Bytes.Bytes, (long)row.Files, Checksum(row));
            _rows[path.Text] = row;
        }
        catch (StoreDamagedException)
        {
            // Verify reports it; the index does without.
        }
    }

    // SQLite notices damage to its own structure, not to what stands in a row.
    private static long Checksum(IndexedObject row)
    {
        var digest = Blake3.Hash(Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $"{row.Path}\n{row.Name}\n{row.Version}\n{row.Architecture}\n{row.Tree}\n{row.Bytes.Bytes}\n{row.Files}")));
        return BinaryPrimitives.ReadInt64LittleEndian(digest.Span);
    }

    private static List<IndexedObject> Ordered(IEnumerable<IndexedObject> rows) => [.. rows
        .OrderBy(row => row.Name, StringComparer.Ordinal).ThenBy(row => row.Version, StringComparer.Ordinal).ThenBy(row => row.Path.Text, StringComparer.Ordinal)];
}
