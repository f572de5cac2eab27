using Veridian.Core.Paths;
using Veridian.Formats.Profile;
using Veridian.Store.Trees;

namespace Veridian.Engine.Environments.Planning;

/// <summary>Lays the trees of packages on top of each other and decides who owns each path.</summary>
/// <remarks>Source: <c>spec/environments.md</c> E-3 to E-6.</remarks>
internal sealed class FileMerge
{
    private readonly IReadOnlyList<EnvironmentPackage> _packages;
    private readonly Dictionary<(string Package, string Path), FileRule> _rules;
    private readonly Dictionary<string, long> _priorities;
    private readonly Dictionary<string, Diversion> _diversions;
    private string _lastParent = "";
    private PlannedDirectory? _lastDirectory;

    public FileMerge(IReadOnlyList<EnvironmentPackage> packages, IReadOnlyList<FileRule> rules, IReadOnlyList<Diversion> diversions)
    {
        _packages = packages;
        _rules = rules.Where(rule => rule.Kind != FileRuleKind.Priority)
            .ToDictionary(rule => (rule.Package, TreePath.Merge(rule.Path.TrimStart('/'))));
        _priorities = rules.Where(rule => rule.Kind == FileRuleKind.Priority).ToDictionary(rule => rule.Package, rule => rule.Priority);
        _diversions = new Dictionary<string, Diversion>(StringComparer.Ordinal);
        foreach (var diversion in diversions)
        {
            _diversions.TryAdd(diversion.Path, diversion);
        }
    }

    /// <summary>The merged tree.</summary>
    public PlannedDirectory Root { get; } = new(PlannedDirectory.Activation);

    /// <summary>Paths that two packages claim and nothing settles.</summary>
    public List<FileConflict> Conflicts { get; } = [];

    /// <summary>Paths that more than one package brings, settled or the same in all.</summary>
    public HashSet<string> Contested { get; } = new(StringComparer.Ordinal);

    /// <summary>Files outside the folders that an environment has.</summary>
    public List<string> Omitted { get; } = [];

    /// <summary>Numbers of packages of which something has another place than they give it, or none, or is another one's too.</summary>
    public HashSet<int> Disturbed { get; } = [];

    /// <summary>Adds the trees of all packages.</summary>
    public void AddAll(IReadOnlyList<PackageContents> packages)
    {
        for (var i = 0; i < packages.Count; i++)
        {
            Add(i, packages[i].Entries);
        }
    }

    private void Add(int owner, IReadOnlyList<TreeEntry> entries)
    {
        _lastDirectory = null;
        foreach (var entry in entries)
        {
            var path = Destination(owner, entry.Path.Text);
            if (path != entry.Path.Text)
            {
                Disturbed.Add(owner);
            }

            if (path is not null)
            {
                Add(owner, path, entry);
            }
        }
    }

    private string? Destination(int owner, string path)
    {
        if (_rules.Count > 0 && _rules.TryGetValue((_packages[owner].Name, path), out var rule))
        {
            return rule.Kind == FileRuleKind.Hide ? null : TreePath.Merge(rule.NewPath.TrimStart('/'));
        }

        return _diversions.Count > 0 && _diversions.TryGetValue(path, out var diversion) && diversion.Package != _packages[owner].Name
            ? diversion.NewPath
            : path;
    }

    private void Add(int owner, string path, TreeEntry entry)
    {
        if (!path.Contains('/', StringComparison.Ordinal) || !TreePath.IsInTree(path))
        {
            if (entry.Kind != TreeEntryKind.Directory)
            {
                Omitted.Add(path);
                Disturbed.Add(owner);
            }

            return;
        }

        if (Parent(owner, path) is not { } parent)
        {
            return;
        }

        if (entry.Kind == TreeEntryKind.Directory)
        {
            if (parent.Enter(path.AsSpan(path.LastIndexOf('/') + 1), owner) is null)
            {
                Conflict(path, parent.Files[TreePath.Name(path)].Owner, owner);
            }

            return;
        }

        var name = TreePath.Name(path);
        if (parent.Directories.TryGetValue(name, out var directory))
        {
            Conflict(path, directory.Owner, owner);
        }
        else
        {
            Put(parent, name, path, new PlannedFile(owner, path == entry.Path.Text ? entry.Path : RelativePath.Of(path), entry));
        }
    }

    private PlannedDirectory? Parent(int owner, string path)
    {
        var length = Math.Max(path.LastIndexOf('/'), 0);
        if (_lastDirectory is not null && path.AsSpan(0, length).SequenceEqual(_lastParent))
        {
            return _lastDirectory;
        }

        var at = Root;
        foreach (var part in path.AsSpan(0, length).Split('/'))
        {
            var name = path.AsSpan(part);
            if (at.Enter(name, owner) is not { } next)
            {
                Conflict(path, at.Files[name.ToString()].Owner, owner);
                return null;
            }

            at = next;
        }

        (_lastParent, _lastDirectory) = (path[..length], at);
        return at;
    }

    private void Put(PlannedDirectory parent, string name, string path, PlannedFile claim)
    {
        if (!parent.Files.TryGetValue(name, out var present))
        {
            parent.Put(name, claim);
            return;
        }

        Contested.Add(path);
        Disturbed.Add(present.Owner);
        Disturbed.Add(claim.Owner);
        switch (Winner(present, claim))
        {
            case null:
                Conflict(path, present.Owner, claim.Owner);
                break;
            case true:
                parent.Put(name, claim);
                break;
        }
    }

    /// <summary>True: the newcomer; false: the present one; null: nothing says which.</summary>
    private bool? Winner(PlannedFile present, PlannedFile claim)
    {
        var (left, right) = (_packages[present.Owner], _packages[claim.Owner]);
        var priority = _priorities.GetValueOrDefault(right.Name).CompareTo(_priorities.GetValueOrDefault(left.Name));
        if (priority != 0)
        {
            return priority > 0;
        }

        if (present.IsSameAs(claim))
        {
            return false;
        }

        return (left.MayReplace(right), right.MayReplace(left)) switch
        {
            (true, false) => false,
            (false, true) => true,
            _ => null,
        };
    }

    private void Conflict(string path, int left, int right) => Conflicts.Add(new FileConflict(path, _packages[left], _packages[right]));
}
