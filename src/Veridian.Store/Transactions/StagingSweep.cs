using System.Text;
using Veridian.Core.Errors;
using Veridian.Posix;
using Veridian.Store.Files;

namespace Veridian.Store.Transactions;

/// <summary>Tells living staging areas from dead ones. Only under the store's exclusive lock: then none is just being made.</summary>
/// <remarks>Source: <c>spec/store.md</c> ST-9.</remarks>
internal static class StagingSweep
{
    private const int KeepLimit = 256 << 20;

    /// <summary>Moves what dead transactions left to the trash; true if there was anything.</summary>
    public static bool MoveDeadToTrash(StoreFolder store)
    {
        var found = false;
        foreach (var (name, _) in Entries.List(store.StagingFolder))
        {
            if (!IsAlive(store, name))
            {
                Trash.Add(store, store.StagingFolder, name);
                found = true;
            }
        }

        return found;
    }

    /// <summary>What living transactions need.</summary>
    public static HashSet<string> KeptNames(StoreFolder store)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, _) in Entries.List(store.StagingFolder))
        {
            if (IsAlive(store, name) && SmallFiles.TryRead(store.StagingFolder, $"{name}/{StagingArea.KeepFile}", KeepLimit) is { } text)
            {
                names.UnionWith(Encoding.UTF8.GetString(text).Split('\n', StringSplitOptions.RemoveEmptyEntries));
            }
        }

        return names;
    }

    private static bool IsAlive(StoreFolder store, string name)
    {
        var lockFile = $"{name}/{StagingArea.LockFile}";
        if (!name.StartsWith(BootId.Read() + "-", StringComparison.Ordinal) || Entries.Status(store.StagingFolder, lockFile) is null)
        {
            return false;
        }

        try
        {
            using var taken = FileLock.Try(store.StagingFolder.PathOf(lockFile), exclusive: true);
            return taken is null;
        }
        catch (StorageException) when (Entries.Status(store.StagingFolder, lockFile) is null)
        {
            // Its owner is just removing it.
            return false;
        }
    }
}
