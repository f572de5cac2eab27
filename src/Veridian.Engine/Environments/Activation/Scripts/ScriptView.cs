using Veridian.Engine.Environments.Planning;
using Veridian.Posix;
using Veridian.Store;
using Veridian.Store.Trees;

namespace Veridian.Engine.Environments.Activation.Scripts;

/// <summary>The tree that scripts see below what they write: files of packages as hard links, and what dpkg would have put beside them.</summary>
/// <remarks>Source: <c>spec/activation.md</c> A-2, A-3, A-6. It is the lower part of an overlay: nothing is ever written through it.</remarks>
internal sealed class ScriptView(EnvironmentPlan plan, StoreFolder store)
{
    private const int ExecutableMode = 0x1ED;
    private const int FileMode = 0x1A4;

    // Places that every system has and that packages do not all bring.
    private static readonly string[] Folders =
    [
        "dev", "proc", "sys", "run", "run/lock", "tmp", "root", "home", "mnt", "media", "boot", "usr/local/bin", "usr/local/sbin", "usr/local/share", "usr/local/lib",
        "etc/alternatives", "var/cache/debconf", "var/cache/ldconfig", "var/log", "var/tmp", "var/lib/dpkg/updates", "var/lib/dpkg/triggers", "var/lib/dpkg/alternatives",
        "var/lib/misc", "var/spool", "var/local", "var/mail", "var/opt", "var/backups",
    ];

    /// <summary>Writes the view.</summary>
    /// <param name="folder">An empty folder on the store's file system.</param>
    /// <param name="packages">All packages in it.</param>
    /// <param name="generated">Files that activation makes anyway.</param>
    public void Write(DirectoryHandle folder, IReadOnlyList<PackageControl> packages, IReadOnlyList<GeneratedFile> generated)
    {
        var files = Files(packages, generated).ToDictionary(file => file.Path, StringComparer.Ordinal);
        var tree = new LinkedTree(plan, store);
        tree.Write(plan.Root.AllFiles().Where(file => !IsRunTimeLink(file) && !files.ContainsKey(file.Path.Text)), folder);
        foreach (var path in plan.Root.EmptyDirectories().Concat(Folders).Concat(VolatileFolders(packages)))
        {
            tree.MakeDirectory(folder, path);
        }

        foreach (var link in generated.Where(file => file.Target is not null))
        {
            tree.MakeDirectory(folder, TreePath.Parent(link.Path));
            Durable.SymbolicLink(folder, link.Path, link.Target!);
        }

        foreach (var file in files.Values)
        {
            tree.MakeDirectory(folder, TreePath.Parent(file.Path));
            using var handle = Durable.Create(folder, file.Path);
            Durable.Write(handle, file.Content.Span);
            Durable.SetMode(folder, file.Path, file.IsExecutable ? ExecutableMode : FileMode);
        }
    }

    private IEnumerable<ViewFile> Files(IReadOnlyList<PackageControl> packages, IReadOnlyList<GeneratedFile> generated)
    {
        var lookup = new TreeLookup(plan.Root);
        var offers = plan.Alternatives.SelectMany(content => content.Understood).Where(offer => TreePath.FromAbsolute(offer.Path) is { } path && lookup.Exists(path));
        return PackageDatabase.Files(packages, offers)
            .Concat(generated.Where(file => file.Content is not null).Select(file => new ViewFile(PathOf(file), file.Content, IsExecutable: false)).Where(file => file.Path.StartsWith("etc/", StringComparison.Ordinal)))
            .Concat(StandIns.Programs.Where(HasFile).Select(path => ViewFile.Script(path, StandIns.Nothing)))
            .Append(ViewFile.Script(StandIns.PolicyFile, StandIns.Policy));
    }

    /// <summary>Folders of packages where an environment has a link into /run.</summary>
    private static IEnumerable<string> VolatileFolders(IReadOnlyList<PackageControl> packages) =>
        from package in packages
        from entry in package.Contents.Entries
        where entry.Kind == TreeEntryKind.Directory && StandardTree.Volatile.Any(name => entry.Path.Text.StartsWith($"var/{name}/", StringComparison.Ordinal))
        select entry.Path.Text;

    private static string PathOf(GeneratedFile file) => file.Path switch
    {
        "activation/passwd" => "etc/passwd",
        "activation/group" => "etc/group",
        var path => path,
    };

    private bool HasFile(string path) => plan.Root.Find(TreePath.Parent(path))?.Files.ContainsKey(TreePath.Name(path)) == true;

    /// <summary>Links into /run, by which an environment that cannot be written to gets places that can: here the places themselves are writable.</summary>
    private static bool IsRunTimeLink(PlannedFile file) => file.Owner == PlannedDirectory.Activation
        && (file.Entry.Target.StartsWith("../run/var/", StringComparison.Ordinal) || file.Entry.Target.StartsWith(StandardFiles.GenerationFolder + "/", StringComparison.Ordinal));
}
