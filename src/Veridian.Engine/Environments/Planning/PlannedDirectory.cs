using Veridian.Core.Hashing;
using Veridian.Core.Paths;
using Veridian.Store.Trees;

namespace Veridian.Engine.Environments.Planning;

/// <summary>A directory of the merged tree. Filled while planning, only read afterwards.</summary>
public sealed class PlannedDirectory
{
    /// <summary>The owner number of what activation makes itself.</summary>
    public const int Activation = -1;

    private readonly Dictionary<string, PlannedDirectory> _directories = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PlannedFile> _files = new(StringComparer.Ordinal);

    /// <summary>A directory that a package brings.</summary>
    /// <param name="owner">Number of the first package that has something in it.</param>
    internal PlannedDirectory(int owner) => Owner = owner;

    /// <summary>Number of the first package that has something in it.</summary>
    public int Owner { get; }

    /// <summary>Its directories by name.</summary>
    public IReadOnlyDictionary<string, PlannedDirectory> Directories => _directories;

    /// <summary>Its files and symbolic links by name.</summary>
    public IReadOnlyDictionary<string, PlannedFile> Files => _files;

    /// <summary>Files, links and directories below it, itself not counted.</summary>
    public int CountEntries()
    {
        var count = _files.Count + _directories.Count;
        foreach (var directory in _directories.Values)
        {
            count += directory.CountEntries();
        }

        return count;
    }

    /// <summary>The directory at a path below; null if there is none. No link is followed.</summary>
    public PlannedDirectory? Find(string path)
    {
        var at = this;
        foreach (var name in path.Split('/'))
        {
            if (!at._directories.TryGetValue(name, out at))
            {
                return null;
            }
        }

        return at;
    }

    /// <summary>The file or link at a path below; null if there is none. No link is followed.</summary>
    public PlannedFile? FileAt(string path) => Find(TreePath.Parent(path))?.Files.TryGetValue(TreePath.Name(path), out var file) == true ? file : null;

    /// <summary>All files and links below.</summary>
    public List<PlannedFile> AllFiles()
    {
        var files = new List<PlannedFile>();
        AddFiles(files);
        return files;
    }

    /// <summary>Paths of the directories below that have nothing in them.</summary>
    public IEnumerable<string> EmptyDirectories(string prefix = "") => _directories.SelectMany(directory =>
        directory.Value._files.Count + directory.Value._directories.Count == 0
            ? [prefix + directory.Key]
            : directory.Value.EmptyDirectories($"{prefix}{directory.Key}/"));

    internal PlannedDirectory? Enter(ReadOnlySpan<char> name, int owner)
    {
        if (_directories.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var directory))
        {
            return directory;
        }

        if (_files.GetAlternateLookup<ReadOnlySpan<char>>().ContainsKey(name))
        {
            return null;
        }

        directory = new PlannedDirectory(owner);
        _directories.Add(name.ToString(), directory);
        return directory;
    }

    /// <summary>Adds what activation makes, with the directories above it, to the whole tree.</summary>
    /// <returns>False where something is in its way, which stays.</returns>
    internal bool TryAdd(PlannedFile file)
    {
        var at = this;
        foreach (var part in TreePath.Parent(file.Path.Text).Split('/'))
        {
            at = at?.Enter(part, Activation);
        }

        var name = file.Path.Name;
        if (at is null || at._files.ContainsKey(name) || at._directories.ContainsKey(name))
        {
            return false;
        }

        at.Put(name, file);
        return true;
    }

    internal void Put(string name, PlannedFile file) => _files[name] = file;

    private void AddFiles(List<PlannedFile> files)
    {
        files.AddRange(_files.Values);
        foreach (var directory in _directories.Values)
        {
            directory.AddFiles(files);
        }
    }

    internal void RemoveDirectory(string name) => _directories.Remove(name);

    internal void RemoveFile(string name) => _files.Remove(name);
}

/// <summary>A file or link of the merged tree.</summary>
/// <param name="Owner">Number of the package it comes from, or <see cref="PlannedDirectory.Activation"/>.</param>
/// <param name="Path">Where it lies in the merged tree.</param>
/// <param name="Entry">What it is, under the path it has in its package.</param>
public readonly record struct PlannedFile(int Owner, RelativePath Path, TreeEntry Entry)
{
    /// <summary>A symbolic link that activation makes.</summary>
    public static PlannedFile Link(string path, string target)
    {
        var at = RelativePath.Of(path);
        return new PlannedFile(PlannedDirectory.Activation, at, TreeEntry.SymbolicLink(at, target));
    }

    /// <summary>An empty file that activation makes.</summary>
    public static PlannedFile Empty(string path)
    {
        var at = RelativePath.Of(path);
        return new PlannedFile(PlannedDirectory.Activation, at, TreeEntry.File(at, executable: false, Blake3.Hash([]), 0));
    }

    /// <summary>The same file of its package at another place.</summary>
    public PlannedFile At(string path) => new(Owner, RelativePath.Of(path), Entry);

    /// <summary>Whether a program would notice no difference between the two, wherever they lie.</summary>
    public bool IsSameAs(PlannedFile other) =>
        Entry.Kind == other.Entry.Kind && Entry.Content == other.Entry.Content && Entry.Target == other.Entry.Target;
}
