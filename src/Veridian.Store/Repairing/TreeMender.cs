using Veridian.Posix;
using Veridian.Store.Files;
using Veridian.Store.Trees;
using Veridian.Store.Verifying;

namespace Veridian.Store.Repairing;

/// <summary>Mends one tree path by path: every path is either as it was or right, at any moment.</summary>
internal sealed class TreeMender(StoreFolder store, SoundBlobs blobs)
{
    private const int SealedMode = 0x16D;
    private readonly IStoreFiles _files = store.Files;

    /// <param name="container">The folder of objects or environments.</param>
    /// <param name="owner">The tree's name in it.</param>
    /// <param name="entries">What should be there; null if the manifest is lost, and then nothing can be done.</param>
    /// <param name="findings">What is wrong.</param>
    public void Mend(DirectoryHandle container, string owner, Dictionary<string, TreeEntry>? entries, IEnumerable<Finding> findings)
    {
        using var root = entries is null ? null : container.TryOpenBeneath(owner);
        if (root is null)
        {
            return;
        }

        // Parents come before what is in them.
        foreach (var finding in findings.Where(f => f.Path.Length > 0).OrderBy(f => f.Path, StringComparer.Ordinal))
        {
            MendPath(root, finding, entries!.GetValueOrDefault(finding.Path));
        }

        _files.SetMode(container, owner, SealedMode);
        _files.SyncDirectory(root);
    }

    private void MendPath(DirectoryHandle root, Finding finding, TreeEntry? entry)
    {
        var parentPath = TreeDigest.FolderOf(finding.Path).ToString();
        var name = finding.Path[(parentPath.Length == 0 ? 0 : parentPath.Length + 1)..];
        using var opened = parentPath.Length == 0 ? null : root.TryOpenBeneath(parentPath);
        if (parentPath.Length > 0 && opened is null)
        {
            return;
        }

        var parent = opened ?? root;
        _files.SetMode(parent, ".", TreeWriter.OpenMode);
        if (entry is null)
        {
            TakeAway(parent, name);
        }
        else if (finding.Kind == FindingKind.WrongMode)
        {
            _files.SetMode(parent, name, entry.Mode);
        }
        else
        {
            Replace(parent, name, entry);
        }

        _files.SyncDirectory(parent);
        Durable.SetFixedTime(parent, ".");
        _files.SetMode(parent, ".", SealedMode);
    }

    private void Replace(DirectoryHandle parent, string name, TreeEntry entry)
    {
        var isDirectory = Entries.Status(parent, name) is { Type: EntryType.Directory };
        if (entry.IsFile)
        {
            if (blobs.TryPlace(entry) is { } sound)
            {
                TakeAwayIf(isDirectory, parent, name);
                _files.Rename(store.TrashFolder, sound, parent, name, RenameMode.Replace);
            }

            return;
        }

        TakeAwayIf(isDirectory || entry.Kind == TreeEntryKind.Directory, parent, name);
        if (entry.Kind == TreeEntryKind.SymbolicLink)
        {
            _files.SwapSymbolicLink(parent, name, entry.Target);
        }
        else
        {
            _files.MakeDirectory(parent, name);
            _files.SetMode(parent, name, SealedMode);
        }

        Durable.SetFixedTime(parent, name);
    }

    private void TakeAwayIf(bool needed, DirectoryHandle parent, string name)
    {
        if (needed)
        {
            TakeAway(parent, name);
        }
    }

    private void TakeAway(DirectoryHandle parent, string name)
    {
        if (Entries.Status(parent, name) is { Type: EntryType.Directory })
        {
            Trash.Add(store, parent, name);
        }
        else
        {
            _files.Remove(parent, name, isDirectory: false);
        }
    }
}
