using System.Collections.Concurrent;
using Veridian.Posix;
using Veridian.Store.Trees;

namespace Veridian.Store.Verifying;

/// <summary>Compares one tree's names, types, modes and link targets with its manifest; leaves the contents to be read later.</summary>
internal sealed class TreeComparison(string owner, ConcurrentBag<Finding> findings, ConcurrentBag<FileToRead> files)
{
    private const int SealedMode = 0x16D;

    public void Compare(DirectoryHandle container, IReadOnlyList<TreeEntry> entries)
    {
        using var root = container.TryOpenBeneath(owner);
        if (root is null || Entries.Status(container, owner) is not { } status)
        {
            Report(FindingKind.Missing, "", "the tree is not there");
            return;
        }

        // A root that is still writable was being published when its publisher died; the next transaction closes it.
        if (status.Mode is not (SealedMode or TreeWriter.OpenMode))
        {
            Report(FindingKind.WrongMode, "", ModeDetail(status.Mode, SealedMode));
        }

        var expected = entries.ToDictionary(e => e.Path.Text, StringComparer.Ordinal);
        CompareFolder(container, root, "", expected);
        foreach (var missing in expected.Values)
        {
            Report(FindingKind.Missing, missing.Path.Text, "is not there");
        }
    }

    internal static string ModeDetail(int mode, int expected) =>
        $"has mode {Convert.ToString(mode, 8)} instead of {Convert.ToString(expected, 8)}";

    private void CompareFolder(DirectoryHandle container, DirectoryHandle folder, string path, Dictionary<string, TreeEntry> expected)
    {
        foreach (var (name, _) in Entries.List(folder))
        {
            var inside = path.Length == 0 ? name : $"{path}/{name}";
            if (!expected.Remove(inside, out var entry))
            {
                Report(FindingKind.Extra, inside, "is in no manifest");
            }
            else if (Entries.Status(folder, name) is { } status)
            {
                CompareEntry(container, folder, entry, status, expected);
            }
        }
    }

    private void CompareEntry(
        DirectoryHandle container, DirectoryHandle folder, TreeEntry entry, EntryStatus status, Dictionary<string, TreeEntry> expected)
    {
        var path = entry.Path.Text;
        var type = entry.IsFile ? EntryType.File : entry.Kind == TreeEntryKind.Directory ? EntryType.Directory : EntryType.SymbolicLink;
        if (status.Type != type)
        {
            Report(FindingKind.WrongType, path, $"is a {status.Type} instead of a {type}");
            return;
        }

        if (type == EntryType.SymbolicLink)
        {
            var target = Entries.ReadLink(folder, entry.Path.Name);
            if (target != entry.Target)
            {
                Report(FindingKind.WrongTarget, path, $"points to '{target}' instead of '{entry.Target}'");
            }

            return;
        }

        if (status.Mode != entry.Mode)
        {
            Report(FindingKind.WrongMode, path, ModeDetail(status.Mode, entry.Mode));
        }

        if (type == EntryType.File)
        {
            files.Add(new FileToRead(owner, path, container, $"{owner}/{path}", status.Inode, status.Size, entry.Size, entry.Content));
            return;
        }

        using var below = folder.OpenFolder(entry.Path.Name);
        CompareFolder(container, below, path, expected);
    }

    private void Report(FindingKind kind, string path, string detail) => findings.Add(new Finding(kind, owner, path, detail));
}
