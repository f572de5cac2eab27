using Veridian.Engine.Environments.Activation;

namespace Veridian.Engine.Environments.Planning;

/// <summary>What every merged tree has beside the files of packages: the top-level links and the places that are writable while it runs.</summary>
/// <remarks>Source: <c>spec/environments.md</c> E-7, E-14.</remarks>
internal static class StandardTree
{
    private static readonly string[] Folders = ["usr", "etc", "var", "opt", "srv"];
    private static readonly string[] AlwaysLinked = ["bin", "lib", "sbin"];
    private static readonly string[] LinkedIfThere = ["lib32", "lib64", "libx32"];

    /// <summary>Folders of <c>var</c> that are empty and writable at run time, and vanish afterwards.</summary>
    public static IReadOnlyList<string> Volatile { get; } = ["cache", "log", "tmp"];

    /// <summary>Adds them.</summary>
    /// <param name="root">The merged tree.</param>
    /// <param name="disturbed">Numbers of packages that lose something by it are added here.</param>
    public static void AddTo(PlannedDirectory root, ISet<int> disturbed)
    {
        foreach (var name in Folders)
        {
            root.Enter(name, PlannedDirectory.Activation);
        }

        var usr = root.Directories["usr"];
        foreach (var name in AlwaysLinked.Concat(LinkedIfThere.Where(usr.Directories.ContainsKey)))
        {
            Link(root, "", name, "usr/" + name, disturbed);
        }

        var variable = root.Directories["var"];
        foreach (var name in Volatile)
        {
            Link(variable, "var/", name, $"../run/var/{name}", disturbed);
        }

        Link(variable, "var/", "run", "../run", disturbed);
        Link(variable, "var/", "lock", "../run/lock", disturbed);
        foreach (var name in StandardFiles.FromGeneration)
        {
            Link(root.Directories["etc"], "etc/", name, $"{StandardFiles.GenerationFolder}/{name}", disturbed);
        }
    }

    private static void Link(PlannedDirectory directory, string prefix, string name, string target, ISet<int> disturbed)
    {
        disturbed.UnionWith(directory.Directories.TryGetValue(name, out var lost) ? lost.AllFiles().Select(file => file.Owner) : []);
        disturbed.UnionWith(directory.Files.TryGetValue(name, out var file) ? [file.Owner] : []);
        directory.RemoveDirectory(name);
        directory.Put(name, PlannedFile.Link(prefix + name, target));
    }
}
