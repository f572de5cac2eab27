using Veridian.Engine.Environments.Planning;
using Veridian.Posix;
using Veridian.Store;
using Veridian.Store.Trees;

namespace Veridian.Engine.Environments.Activation.Scripts;

/// <summary>Writes one folder of a view.</summary>
internal sealed class ViewTree(EnvironmentPlan plan, StoreFolder store, ViewFilePool pool)
{
    // Places that every system has and that packages do not all bring.
    private static readonly string[] Folders =
    [
        "dev", "proc", "sys", "run", "run/lock", "tmp", "root", "home", "mnt", "media", "boot", "usr/local/bin", "usr/local/sbin", "usr/local/share", "usr/local/lib",
        "etc/alternatives", "var/cache/debconf", "var/cache/ldconfig", "var/log", "var/tmp", "var/lib/dpkg/updates", "var/lib/dpkg/triggers", "var/lib/dpkg/alternatives",
        "var/lib/misc", "var/spool", "var/local", "var/mail", "var/opt", "var/backups", "opt", "srv",
    ];

    private readonly LinkedTree _tree = new(plan, store);

    /// <summary>The essential packages with dpkg's records of them, the top-level links, and the folders of every system.</summary>
    /// <param name="path">Absolute path of an empty folder on the store's file system; returned.</param>
    /// <param name="basis">Numbers of the packages.</param>
    /// <param name="packages">All packages.</param>
    public string WriteBase(string path, IReadOnlySet<int> basis, IReadOnlyList<PackageControl> packages)
    {
        using var folder = DirectoryHandle.Open(path);
        _tree.Write(plan.Root.AllFiles().Where(file => basis.Contains(file.Owner) || IsSystemLink(file)), folder);
        WriteRecords(folder, basis.Order().Select(index => packages[index]));
        foreach (var directory in basis.Order().SelectMany(index => packages[index].Contents.Entries).Where(entry => entry.Kind == TreeEntryKind.Directory && IsInTree(entry.Path.Text)))
        {
            _tree.MakeDirectory(folder, directory.Path.Text);
        }

        foreach (var directory in Folders)
        {
            _tree.MakeDirectory(folder, directory);
        }

        return path;
    }

    /// <summary>Some packages, where the environment has their files.</summary>
    /// <param name="path">As for <see cref="WriteBase"/>.</param>
    /// <param name="packages">Their numbers.</param>
    /// <param name="files">All files of the environment by their package.</param>
    public string WritePackages(string path, IReadOnlyCollection<int> packages, ILookup<int, PlannedFile> files)
    {
        using var folder = DirectoryHandle.Open(path);
        _tree.Write(packages.SelectMany(index => files[index]), folder);
        foreach (var directory in packages.SelectMany(index => plan.Contents[index].Entries).Where(entry => entry.Kind == TreeEntryKind.Directory && IsInTree(entry.Path.Text)))
        {
            _tree.MakeDirectory(folder, directory.Path.Text);
        }

        return path;
    }

    /// <summary>What lies over all packages.</summary>
    /// <param name="path">As for <see cref="WriteBase"/>.</param>
    /// <param name="top">The files and links.</param>
    /// <param name="recorded">Packages of which dpkg has records that do not lie in the base.</param>
    public string WriteTop(string path, ViewTop top, IEnumerable<PackageControl> recorded)
    {
        using var folder = DirectoryHandle.Open(path);
        foreach (var (link, target) in top.Links)
        {
            _tree.MakeDirectory(folder, TreePath.Parent(link));
            Durable.SymbolicLink(folder, link, target);
        }

        foreach (var file in top.Files.Value)
        {
            _tree.MakeDirectory(folder, TreePath.Parent(file.Path));
            pool.Put(file, folder);
        }

        WriteRecords(folder, recorded);
        return path;
    }

    private void WriteRecords(DirectoryHandle folder, IEnumerable<PackageControl> packages)
    {
        _tree.MakeDirectory(folder, PackageDatabase.Members);
        foreach (var package in packages)
        {
            pool.PutRecords(package, folder);
        }
    }

    private static bool IsInTree(string path) => TreePath.IsInTree(path);

    /// <summary>The links at the top, and those of var that every system has; but not those by which an environment that cannot be written to gets places that can.</summary>
    private static bool IsSystemLink(PlannedFile file) => file.Owner == PlannedDirectory.Activation && !file.Entry.IsFile
        && (file.Path.Parent is null || file.Path.Text is "var/run" or "var/lock");
}
