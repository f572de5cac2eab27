using Veridian.Core.Errors;
using Veridian.Posix;
using Veridian.Store.Trees;

namespace Veridian.Store.Files;

/// <summary>Where things go that are dead: one rename takes them out of the store, the slow deleting needs no lock.</summary>
/// <remarks>Source: <c>spec/store.md</c> ST-25, ST-26.</remarks>
internal static class Trash
{
    /// <summary>
    /// Takes a directory out of the store. Where even a rename finds no room on the disk, first empties the trash,
    /// then deletes in place.
    /// </summary>
    public static void Add(StoreFolder store, DirectoryHandle folder, string name)
    {
        try
        {
            if (!TryMove(store, folder, name))
            {
                Empty(store, CancellationToken.None);
                if (!TryMove(store, folder, name))
                {
                    new TreeRemover(store.Files).Remove(folder, name);
                }
            }
        }
        catch (StorageException) when (Entries.Status(folder, name) is null)
        {
            // Its owner, or another command that clears up, was quicker.
        }
    }

    /// <summary>Deletes all that is in the trash, on all processors.</summary>
    public static void Empty(StoreFolder store, CancellationToken cancellationToken)
    {
        var remover = new TreeRemover(store.Files);
        AllCores.ForEach(Entries.List(store.TrashFolder), entry => remover.Remove(store.TrashFolder, entry.Name), cancellationToken);
    }

    private static bool TryMove(StoreFolder store, DirectoryHandle folder, string name)
    {
        try
        {
            // Only the owner of a directory that may be written can move it to another parent.
            store.Files.SetMode(folder, name, TreeWriter.OpenMode);
            store.Files.Rename(folder, name, store.TrashFolder, TemporaryName.Random(), RenameMode.KeepExisting);
            return true;
        }
        catch (StorageException e) when (e.Code == ErrorCodes.DiskFull)
        {
            return false;
        }
        catch (StorageException) when (Entries.Status(folder, name) is null)
        {
            // Its owner was removing it at the same moment.
            return true;
        }
    }
}
