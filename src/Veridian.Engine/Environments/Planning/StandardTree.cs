using Veridian.Core.Paths;
using Veridian.Engine.Environments.Activation;
using Veridian.Store.Trees;

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
    public static void AddTo(PlannedDirectory root)
    {
        foreach (var name in Folders)
        {
            root.Enter(name, PlannedDirectory.Activation);
        }

        var usr = root.Directories["usr"];
        foreach (var name in AlwaysLinked.Concat(LinkedIfThere.Where(usr.Directories.ContainsKey)))
        {
            Link(root, "", name, "usr/" + name);
        }

        var variable = root.Directories["var"];
        foreach (var name in Volatile)
        {
            Link(variable, "var/", name, $"../run/var/{name}");
        }

        Link(variable, "var/", "run", "../run");
        Link(variable, "var/", "lock", "../run/lock");
        foreach (var name in StandardFiles.FromGeneration)
        {
            Link(root.Directories["etc"], "etc/", name, $"{StandardFiles.GenerationFolder}/{name}");
        }
    }

    private static void Link(PlannedDirectory directory, string prefix, string name, string target)
    {
        directory.RemoveDirectory(name);
        directory.Put(name, new PlannedFile(PlannedDirectory.Activation, TreeEntry.SymbolicLink(RelativePath.Of(prefix + name), target)));
    }
}
