using System.Collections.Concurrent;
using System.Text;
using Veridian.Posix;
using Veridian.Store.Blobs;
using Veridian.Store.Files;

namespace Veridian.Store.Transactions;

/// <summary>
/// The private folder of one transaction: trees in the making, and the list of what must not be collected meanwhile.
/// Its lock dies with its owner, which is how others know that it may be swept away.
/// </summary>
/// <remarks>Source: <c>spec/store.md</c> ST-8, ST-9.</remarks>
internal sealed class StagingArea : IDisposable
{
    public const string KeepFile = "keep";
    public const string LockFile = "lock";
    private const int OwnerOnly = 0x1C0;

    private readonly StoreFolder _store;
    private readonly string _name;
    private readonly FileLock _lock;
    private readonly FileHandle _keep;
    private readonly Lock _keepLock = new();
    private int _next;

    private StagingArea(StoreFolder store, string name, DirectoryHandle folder, FileLock @lock, FileHandle keep) =>
        (_store, _name, Folder, _lock, _keep) = (store, name, folder, @lock, keep);

    /// <summary>The folder.</summary>
    public DirectoryHandle Folder { get; }

    /// <summary>File contents this transaction has written, each with its path below <see cref="Folder"/>.</summary>
    public ConcurrentDictionary<BlobKey, string> Written { get; } = new();

    /// <summary>Makes a new area. The caller holds the store's lock, so that nobody sweeps it before it is locked.</summary>
    public static StagingArea Create(StoreFolder store)
    {
        var name = $"{BootId.Read()}-{TemporaryName.Random()}";
        store.Files.MakeDirectory(store.StagingFolder, name);
        store.Files.SetMode(store.StagingFolder, name, OwnerOnly);
        var folder = store.StagingFolder.OpenFolder(name);
        FileLock? @lock = null;
        try
        {
            // Somebody who only plans a gc may be trying the fresh lock at this very moment.
            @lock = store.Lock.Of(folder.PathOf(LockFile));
            return new StagingArea(store, name, folder, @lock, store.Files.Create(folder, KeepFile));
        }
        catch
        {
            @lock?.Dispose();
            folder.Dispose();
            throw;
        }
    }

    /// <summary>A fresh directory inside; its name below <see cref="Folder"/>.</summary>
    public string MakeFolder(string prefix)
    {
        var name = $"{prefix}{Interlocked.Increment(ref _next)}";
        _store.Files.MakeDirectory(Folder, name);
        return name;
    }

    /// <summary>Names objects or environments that a gc must leave. The caller holds the store's lock.</summary>
    public void Keep(IReadOnlyCollection<string> names)
    {
        if (names.Count > 0)
        {
            lock (_keepLock)
            {
                _store.Files.Write(_keep, Encoding.UTF8.GetBytes(string.Concat(names.Select(n => n + "\n"))));
            }
        }
    }

    /// <summary>Lets go of the lock and removes the folder. A failure to remove leaves it to the next sweep.</summary>
    public void Dispose()
    {
        _keep.Dispose();
        Folder.Dispose();
        try
        {
            new TreeRemover(_store.Files).Remove(_store.StagingFolder, _name);
        }
        catch (Exception)
        {
            // What failed has been reported by whoever failed; the sweep of the next transaction tries again.
        }
        finally
        {
            _lock.Dispose();
        }
    }
}
