using Veridian.Core.Errors;
using Veridian.Core.Hashing;
using Veridian.Core.Paths;
using Veridian.Core.Units;
using Veridian.Posix;
using Veridian.Store.Transactions;

namespace Veridian.Store.Database;

/// <summary>
/// A quick answer to "which objects are there". Only a cache: whatever is wrong with the file, it is made again from the
/// manifests, and where it cannot be written it is made in memory.
/// </summary>
/// <remarks>Source: <c>store-format/database/README.md</c>. For one thread.</remarks>
public sealed class StoreIndex : IDisposable
{
    private const long SchemaVersion = 1;
    private const string Columns = "store_path, name, version, architecture, tree, bytes, files";
    private readonly DatabaseConnection _database;

    private StoreIndex(DatabaseConnection database) => _database = database;

    /// <summary>All objects, ordered by name, version and store path.</summary>
    public IReadOnlyList<IndexedObject> All() => Select($"SELECT {Columns} FROM objects ORDER BY name, version, store_path");

    /// <summary>The objects of one package name, ordered by version text and store path.</summary>
    public IReadOnlyList<IndexedObject> Find(string name) =>
        Select($"SELECT {Columns} FROM objects WHERE name = ? ORDER BY version, store_path", name);

    /// <summary>The objects of many package names, by name.</summary>
    public ILookup<string, IndexedObject> FindMany(IReadOnlyCollection<string> names)
    {
        if (Count() <= names.Count)
        {
            return All().ToLookup(found => found.Name, StringComparer.Ordinal);
        }

        using var statement = _database.Prepare($"SELECT {Columns} FROM objects WHERE name = ? ORDER BY version, store_path");
        return names.Distinct().SelectMany(name => Select(statement, name)).ToLookup(found => found.Name, StringComparer.Ordinal);
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
        foreach (var suffix in (string[])["", "-wal", "-shm"])
        {
            Durable.Remove(store.Root, StoreLayout.Index + suffix, isDirectory: false);
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
            + "architecture TEXT NOT NULL, tree TEXT NOT NULL, bytes INTEGER NOT NULL, files INTEGER NOT NULL) STRICT, WITHOUT ROWID");
        database.Execute("CREATE INDEX IF NOT EXISTS objects_by_name ON objects (name)");
        database.Execute($"PRAGMA user_version = {SchemaVersion}");
        return true;
    }

    /// <summary>The folder is right and the table follows: drops what is gone, reads the manifests of what is new.</summary>
    private void BringLevel(StoreFolder store)
    {
        var onDisk = store.ListObjects().Select(p => p.Text).ToHashSet(StringComparer.Ordinal);
        var inTable = new HashSet<string>(StringComparer.Ordinal);
        using (var all = _database.Prepare("SELECT store_path FROM objects"))
        {
            while (all.Next())
            {
                inTable.Add(all.Text(0));
            }
        }

        if (onDisk.SetEquals(inTable))
        {
            return;
        }

        _database.InTransaction(() =>
        {
            foreach (var gone in inTable.Except(onDisk))
            {
                _database.Execute("DELETE FROM objects WHERE store_path = ?", gone);
            }

            using var insert = _database.Prepare($"INSERT OR REPLACE INTO objects ({Columns}) VALUES (?, ?, ?, ?, ?, ?, ?)");
            foreach (var fresh in onDisk.Except(inTable).Order(StringComparer.Ordinal))
            {
                Insert(store, insert, fresh);
            }
        });
    }

    private static void Insert(StoreFolder store, DatabaseStatement insert, string name)
    {
        try
        {
            if (StorePath.TryParse(name, out var path))
            {
                var head = store.ReadManifestHead(path);
                var identity = head.Identity;
                insert.Run(name, identity.Name, identity.Version, identity.Architecture, identity.Tree.ToString(),
                    head.Bytes.Bytes, (long)head.Files);
            }
        }
        catch (StoreDamagedException)
        {
            // Verify reports it; the index does without.
        }
    }

    private long Count()
    {
        using var count = _database.Prepare("SELECT count(*) FROM objects");
        count.Next();
        return count.Number(0);
    }

    private List<IndexedObject> Select(string sql, params ReadOnlySpan<object> values)
    {
        using var statement = _database.Prepare(sql);
        return Select(statement, values);
    }

    private static List<IndexedObject> Select(DatabaseStatement statement, params ReadOnlySpan<object> values)
    {
        var found = new List<IndexedObject>();
        statement.Bind(values);
        while (statement.Next())
        {
            if (StorePath.TryParse(statement.Text(0), out var path) && Blake3Digest.TryParse(statement.Text(4), out var tree))
            {
                found.Add(new IndexedObject(path, statement.Text(1), statement.Text(2), statement.Text(3), tree,
                    new ByteCount(statement.Number(5)), (int)statement.Number(6)));
            }
        }

        return found;
    }
}
