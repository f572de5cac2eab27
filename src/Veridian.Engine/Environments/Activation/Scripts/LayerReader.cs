using Veridian.Core.Hashing;
using Veridian.Core.Paths;
using Veridian.Posix;
using Veridian.Store.Trees;

namespace Veridian.Engine.Environments.Activation.Scripts;

/// <summary>Reads the upper folder of an overlay. Scripts made it: it may hold anything.</summary>
/// <remarks>Source: <c>spec/activation.md</c> A-7. Devices, pipes and sockets are not kept; a path that no tree can hold is not either.</remarks>
internal sealed class LayerReader
{
    private const int OwnerRead = 0x100;
    private const int OwnerAll = 0x1C0;
    private const int OwnerExecute = 0x40;
    private const int MaxDepth = 100;

    private readonly DirectoryHandle _root;
    private readonly List<LayerEntry> _entries = [];
    private readonly List<string> _removed = [];
    private readonly List<string> _hidden = [];

    private LayerReader(DirectoryHandle root) => _root = root;

    /// <summary>Reads all that is to be kept.</summary>
    /// <param name="folder">Absolute path of the upper folder.</param>
    public static LayerChanges Read(string folder)
    {
        using var root = DirectoryHandle.Open(folder);
        var reader = new LayerReader(root);
        reader.ReadFolder("", 0);
        return new LayerChanges(reader._entries, reader._removed, reader._hidden);
    }

    private void ReadFolder(string path, int depth)
    {
        using var folder = path.Length == 0 ? DirectoryHandle.Open(_root.Path) : _root.OpenFolder(path);
        foreach (var (name, type) in Entries.List(folder).OrderBy(entry => entry.Name, StringComparer.Ordinal))
        {
            var at = path.Length == 0 ? name : $"{path}/{name}";
            if (RelativePath.TryParse(at, out var place) && LayerFilter.MayHold(place.Text, type == EntryType.Directory))
            {
                Take(folder, name, at, type, place, depth);
            }
        }
    }

    private void Take(DirectoryHandle folder, string name, string at, EntryType type, RelativePath place, int depth)
    {
        switch (type)
        {
            case EntryType.Directory when depth < MaxDepth:
                TakeFolder(folder, name, at, place, depth);
                break;
            case EntryType.SymbolicLink:
                _entries.Add(new LayerEntry(TreeEntry.SymbolicLink(place, Entries.ReadLink(folder, name) ?? ""), ""));
                break;
            case EntryType.File:
                TakeFile(folder, name, at, place);
                break;
            case EntryType.Special:
                _removed.Add(place.Text);
                break;
        }
    }

    private void TakeFolder(DirectoryHandle folder, string name, string at, RelativePath place, int depth)
    {
        OpenUp(folder, name, OwnerAll);
        if (Entries.HidesLower(folder.PathOf(name)))
        {
            _hidden.Add(place.Text);
        }

        _entries.Add(new LayerEntry(TreeEntry.Directory(place), ""));
        ReadFolder(at, depth + 1);
    }

    private void TakeFile(DirectoryHandle folder, string name, string at, RelativePath place)
    {
        var status = OpenUp(folder, name, OwnerRead);
        using var file = Entries.TryOpenFile(folder, name);
        if (file is null)
        {
            return;
        }

        var hasher = Blake3Hasher.New();
        var buffer = new byte[64 << 10];
        long size = 0;
        for (int count; (count = Entries.Read(file, buffer)) > 0; size += count)
        {
            hasher.Update(buffer.AsSpan(0, count));
        }

        _entries.Add(new LayerEntry(TreeEntry.File(place, (status.Mode & OwnerExecute) != 0, hasher.Finish(), size), _root.PathOf(at)));
    }

    /// <summary>A script may have taken even its owner's right to read.</summary>
    private static EntryStatus OpenUp(DirectoryHandle folder, string name, int mode)
    {
        var status = Entries.Status(folder, name)!.Value;
        if ((status.Mode & mode) != mode)
        {
            Durable.SetMode(folder, name, status.Mode | mode);
        }

        return status;
    }
}
