using System.Buffers;
using Veridian.Core.Errors;
using Veridian.Core.Paths;
using Veridian.Posix;
using Veridian.Store.Transactions;

namespace Veridian.Store.Trees;

/// <summary>
/// Writes a tree into a staging folder and hashes it on the way. Knows every path it has made, so that no entry can land
/// on another or go through a symbolic link; below that, the kernel is told to follow none.
/// </summary>
/// <remarks>Source: <c>spec/store.md</c> ST-10 to ST-13. For one thread; several writers of one transaction may run at once.</remarks>
internal sealed class TreeWriter : IDisposable
{
    /// <summary>Mode of a tree's root until it is published.</summary>
    public const int OpenMode = 0x1ED;

    private const int SealedMode = 0x16D;
    private const int SmallFile = 128 << 10;
    private const int MaxTargetBytes = 4095;
    private const int MaxDepth = 128;
    private const int ManyLinks = 200;
    private const int ManyDirectories = 100; // fewer are sealed sooner than a second thread starts

    private readonly StoreFolder _store;
    private readonly StagingArea _area;
    private readonly DirectoryHandle _root;
    private readonly FileContents _contents;
    private readonly Dictionary<string, TreeEntry> _entries = new(StringComparer.Ordinal);
    private readonly Stack<(string Path, DirectoryHandle Folder)> _open = new(); // from the top down to where the last entry went: archives go directory by directory

    public TreeWriter(StoreFolder store, StagingArea area, string name)
    {
        (_store, _area, Name) = (store, area, name);
        _root = area.Folder.OpenFolder(name);
        _contents = new FileContents(store, area);
    }

    /// <summary>The tree's folder below the staging area.</summary>
    public string Name { get; }

    /// <summary>Number of regular files so far.</summary>
    public int Files { get; private set; }

    /// <summary>Sum of their sizes.</summary>
    public long Bytes { get; private set; }

    public void Directory(RelativePath path)
    {
        if (!IsDirectory(path))
        {
            MakeDirectory(ParentFor(path), path);
        }
    }

    public void File(RelativePath path, bool executable, long length, Stream content)
    {
        var folder = ParentForNew(path);
        var buffer = ArrayPool<byte>.Shared.Rent(SmallFile);
        try
        {
            var digest = length <= SmallFile
                ? _contents.PlaceSmall(folder, Locate(path), ReadAll(path, content, buffer.AsSpan(0, (int)length)), executable)
                : _contents.PlaceLarge(folder, Locate(path), length, content, buffer, executable);
            Add(TreeEntry.File(path, executable, digest, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public void SymbolicLink(RelativePath path, string target)
    {
        if (target.Length == 0 || target.Contains('\0', StringComparison.Ordinal) || !IsUnicode(target)
            || System.Text.Encoding.UTF8.GetByteCount(target) > MaxTargetBytes)
        {
            throw Refuse(path, "is a symbolic link with an empty, overlong or unreadable target");
        }

        MakeSymbolicLink(ParentForNew(path), path, target);
        Add(TreeEntry.SymbolicLink(path, target));
    }

    private void MakeSymbolicLink(DirectoryHandle folder, RelativePath path, string target)
    {
        _store.Files.SymbolicLink(folder, path.Name, target);
        Durable.SetFixedTime(folder, path.Name);
    }

    public void HardLink(RelativePath path, RelativePath target)
    {
        if (!_entries.TryGetValue(target.Text, out var entry) || !entry.IsFile)
        {
            throw Refuse(path, $"is a hard link to '{target}', which is no file that came before");
        }

        Link(path, entry, _area.Folder, $"{Name}/{target.Text}");
    }

    /// <summary>Another name for a file whose content is known; copied where linking is refused.</summary>
    public void Link(RelativePath path, TreeEntry file, DirectoryHandle sourceFolder, string source)
    {
        new LinkedFile(_store.Files).Place(sourceFolder, source, ParentForNew(path), path.Name, file);
        Add(file.At(path));
    }

    /// <summary>
    /// Other names for many files and symbolic links of objects, on all processors: each directory is made, then filled by one
    /// thread. A symbolic link costs no inode that way; where linking is refused, it is made anew.
    /// </summary>
    /// <param name="links">Those of one directory one after the other.</param>
    /// <param name="cancellationToken">Stops between two directories.</param>
    public void LinkAll(IReadOnlyList<ObjectLink> links, CancellationToken cancellationToken)
    {
        ObjectLink[] all = [.. links];
        // First, so that two of one name are found before the second one is made.
        Array.ForEach(all, link => AddNew(link.EntryInTree));
        // Large ones first: a last large one would leave all cores but one with nothing to do.
        AllCores.ForEach(WithDirectories(ByDirectory(all).OrderByDescending(group => group.Count >= ManyLinks ? group.Count : 0)), LinkGroup, cancellationToken);
    }

    /// <summary>Makes each directory when its links are asked for, which one thread does at a time.</summary>
    private IEnumerable<ArraySegment<ObjectLink>> WithDirectories(IEnumerable<ArraySegment<ObjectLink>> groups)
    {
        foreach (var group in groups)
        {
            if (group[0].Path.Parent is { } parent)
            {
                Directory(parent);
            }

            yield return group;
        }
    }

    private static IEnumerable<ArraySegment<ObjectLink>> ByDirectory(ObjectLink[] all)
    {
        for (var start = 0; start < all.Length;)
        {
            var end = start + 1;
            while (end < all.Length && FolderOf(all[end].Path).SequenceEqual(FolderOf(all[start].Path)))
            {
                end++;
            }

            yield return new ArraySegment<ObjectLink>(all, start, end - start);
            start = end;
        }
    }

    private void LinkGroup(ArraySegment<ObjectLink> links)
    {
        using var opened = links[0].Path.Parent is { } parent ? _root.OpenFolder(parent.Text) : null;
        var folder = opened ?? _root;
        foreach (var link in links)
        {
            var source = $"{link.Object}/{link.Entry.Path}";
            if (link.Entry.IsFile)
            {
                new LinkedFile(_store.Files).Place(_store.ObjectsFolder, source, folder, link.Path.Name, link.Entry);
            }
            else if (_store.Files.Link(_store.ObjectsFolder, source, folder, link.Path.Name) != LinkResult.Linked)
            {
                MakeSymbolicLink(folder, link.Path, link.Entry.Target);
            }
        }
    }

    /// <summary>Ends the tree: directories get their mode and time. The root stays writable until it has been renamed into place.</summary>
    /// <returns>All entries in byte order.</returns>
    public List<TreeEntry> Seal()
    {
        CloseBeside("");
        var entries = new List<TreeEntry>(_entries.Values);
        entries.Sort(static (a, b) => a.Path.CompareTo(b.Path));
        var directories = entries.FindAll(entry => entry.Kind == TreeEntryKind.Directory);
        if (directories.Count < ManyDirectories)
        {
            directories.ForEach(SealDirectory);
        }
        else
        {
            AllCores.ForEach(directories, SealDirectory, CancellationToken.None);
        }

        SealFolder(_root, OpenMode);
        return entries;
    }

    private void SealDirectory(TreeEntry directory)
    {
        using var folder = _root.OpenFolder(directory.Path.Text);
        SealFolder(folder, SealedMode);
    }

    public void Dispose()
    {
        CloseBeside("");
        _root.Dispose();
    }

    private void SealFolder(DirectoryHandle folder, int mode)
    {
        _store.Files.SetMode(folder, ".", mode);
        Durable.SetFixedTime(folder, ".");
    }

    private FilePlace Locate(RelativePath path) => new(path, $"{Name}/{path.Text}");

    private void Add(TreeEntry entry)
    {
        _entries.Add(entry.Path.Text, entry);
        if (entry.IsFile)
        {
            Files++;
            Bytes += entry.Size;
        }
    }

    private void AddNew(TreeEntry entry)
    {
        if (_entries.ContainsKey(entry.Path.Text))
        {
            throw StandsTwice(entry.Path);
        }

        Add(entry);
    }

    private DirectoryHandle ParentForNew(RelativePath path) => _entries.ContainsKey(path.Text) ? throw StandsTwice(path) : ParentFor(path);

    private static UntrustedException StandsTwice(RelativePath path) => Refuse(path, "stands twice in the tree");

    private static ReadOnlySpan<char> FolderOf(RelativePath path) => path.Text.AsSpan(0, Math.Max(path.Text.LastIndexOf('/'), 0));

    /// <summary>The open parent directory, made if it is missing.</summary>
    private DirectoryHandle ParentFor(RelativePath path)
    {
        var parent = FolderOf(path);
        if (parent.Count('/') >= MaxDepth)
        {
            throw Refuse(path, $"lies more than {MaxDepth} directories deep");
        }

        CloseBeside(parent);
        while (_open.TryPeek(out var last) ? last.Path.Length < parent.Length : parent.Length > 0)
        {
            var start = last.Path is { } above ? above.Length + 1 : 0;
            var end = parent[start..].IndexOf('/');
            var directory = RelativePath.Of(parent[..(end < 0 ? parent.Length : start + end)].ToString());
            var folder = last.Folder ?? _root;
            if (!IsDirectory(directory))
            {
                MakeDirectory(folder, directory);
            }

            _open.Push((directory.Text, folder.OpenFolder(directory.Name)));
        }

        return _open.TryPeek(out var nearest) ? nearest.Folder : _root;
    }

    /// <summary>Closes what is not on the way to a directory.</summary>
    private void CloseBeside(ReadOnlySpan<char> directory)
    {
        while (_open.TryPeek(out var last) && !(directory.StartsWith(last.Path) && (directory.Length == last.Path.Length || directory[last.Path.Length] == '/')))
        {
            _open.Pop().Folder.Dispose();
        }
    }

    private bool IsDirectory(RelativePath path) => _entries.TryGetValue(path.Text, out var there)
        && (there.Kind == TreeEntryKind.Directory ? true : throw Refuse(path, "stands for a directory and for something else"));

    private void MakeDirectory(DirectoryHandle folder, RelativePath path)
    {
        if (!_store.Files.MakeDirectory(folder, path.Name))
        {
            throw Refuse(path, "was put there by somebody else");
        }

        _entries.Add(path.Text, TreeEntry.Directory(path));
    }

    private static ReadOnlySpan<byte> ReadAll(RelativePath path, Stream content, Span<byte> buffer) =>
        content.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false) == buffer.Length
            ? buffer
            : throw Refuse(path, "is shorter than announced");

    private static bool IsUnicode(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]) && !(i + 1 < text.Length && char.IsSurrogatePair(text[i], text[++i])))
            {
                return false;
            }
        }

        return true;
    }

    internal static UntrustedException Refuse(RelativePath path, string why) =>
        new(ErrorCodes.ArchiveRefused, $"'{path}' {why}.", "Report the package to its repository.");
}
