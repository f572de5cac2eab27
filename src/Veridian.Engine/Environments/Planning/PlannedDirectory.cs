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
    public int CountEntries() => _files.Count + _directories.Count + _directories.Values.Sum(directory => directory.CountEntries());

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

    internal PlannedDirectory? Enter(string name, int owner)
    {
        if (_directories.TryGetValue(name, out var directory))
        {
            return directory;
        }

        if (_files.ContainsKey(name))
        {
            return null;
        }

        directory = new PlannedDirectory(owner);
        _directories.Add(name, directory);
        return directory;
    }

    internal void Put(string name, PlannedFile file) => _files[name] = file;

    internal void RemoveDirectory(string name) => _directories.Remove(name);
}

/// <summary>A file or link of the merged tree.</summary>
/// <param name="Owner">Number of the package it comes from, or <see cref="PlannedDirectory.Activation"/>.</param>
/// <param name="Entry">What it is, under the path it has in its package.</param>
public readonly record struct PlannedFile(int Owner, TreeEntry Entry)
{
    /// <summary>Whether a program would notice no difference between the two, wherever they lie.</summary>
    public bool IsSameAs(PlannedFile other) =>
        Entry.Kind == other.Entry.Kind && Entry.Content == other.Entry.Content && Entry.Target == other.Entry.Target;
}
