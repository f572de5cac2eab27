using Veridian.Core.Hashing;
using Veridian.Core.Paths;
using Veridian.Engine.Environments.Planning;
using Veridian.Posix;
using Veridian.Store.Trees;

namespace Veridian.Engine.Environments;

/// <summary>Lists a built environment for its manifest: linked files by the digests their objects have, files made by activation by hashing them.</summary>
/// <remarks>Source: <c>spec/environments.md</c> E-16.</remarks>
internal sealed class EnvironmentInventory
{
    private readonly List<TreeEntry> _entries = [];

    private EnvironmentInventory()
    {
    }

    /// <summary>Every path of the tree.</summary>
    public static IReadOnlyList<TreeEntry> Of(EnvironmentPlan plan, DirectoryHandle root)
    {
        var inventory = new EnvironmentInventory();
        inventory.Walk(root, "", plan.Root, copied: false);
        return inventory._entries;
    }

    private void Walk(DirectoryHandle folder, string prefix, PlannedDirectory? planned, bool copied)
    {
        foreach (var (name, type) in Entries.List(folder))
        {
            var path = RelativePath.Of(prefix + name);
            switch (type)
            {
                case EntryType.Directory:
                    _entries.Add(TreeEntry.Directory(path));
                    using (var below = folder.OpenFolder(name))
                    {
                        // Activation may rewrite what stands in etc, so nothing there is believed from the plan.
                        Walk(below, path.Text + "/", planned?.Directories.GetValueOrDefault(name), copied || path.Text == "etc");
                    }

                    break;
                case EntryType.SymbolicLink:
                    _entries.Add(TreeEntry.SymbolicLink(path, Entries.ReadLink(folder, name)!));
                    break;
                default:
                    _entries.Add(!copied && planned is not null && planned.Files.TryGetValue(name, out var file) && file.Entry.IsFile
                        ? file.Entry.At(path)
                        : Hash(folder, name, path));
                    break;
            }
        }
    }

    private static TreeEntry Hash(DirectoryHandle folder, string name, RelativePath path)
    {
        using var stream = new FileStream(folder.PathOf(name), FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        var hasher = Blake3Hasher.New();
        Span<byte> buffer = stackalloc byte[1 << 15];
        var size = 0L;
        while (stream.Read(buffer) is var read and > 0)
        {
            hasher.Update(buffer[..read]);
            size += read;
        }

        var executable = (File.GetUnixFileMode(stream.SafeFileHandle) & UnixFileMode.UserExecute) != 0;
        return TreeEntry.File(path, executable, hasher.Finish(), size);
    }
}
