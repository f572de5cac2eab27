using Veridian.Engine.Environments.Planning;

namespace Veridian.Engine.Environments.Activation.Scripts;

/// <summary>Finds the indexes that an environment needs: where it has both the program and something for it to look at.</summary>
/// <remarks>Source: <c>spec/activation.md</c> A-17.</remarks>
internal static class IndexRound
{
    /// <summary>Each index with its program's package, and the packages that have something in its folder.</summary>
    public static IEnumerable<(int Package, IndexCall Call, IReadOnlyList<int> By)> Calls(EnvironmentPlan plan)
    {
        var lookup = new TreeLookup(plan.Root);
        foreach (var tool in IndexTool.All)
        {
            var program = Matches(plan.Root, tool.Program).FirstOrDefault(path => OwnerOf(path, lookup) is >= 0 and var owner && !plan.WithoutScripts.Contains(plan.Packages[owner].Name));
            foreach (var folder in program is null ? [] : Matches(plan.Root, tool.Folder))
            {
                int[] owners = [.. plan.Root.Find(folder)!.AllFiles().Select(file => file.Owner).Where(owner => owner >= 0).Distinct().Order()];
                if (owners.Length > 0)
                {
                    yield return (OwnerOf(program!, lookup), new IndexCall(tool, "/" + program, "/" + folder), owners);
                }
            }
        }
    }

    private static int OwnerOf(string path, TreeLookup lookup) => lookup.Trace(path) is [.., var file] ? file.Owner : PlannedDirectory.Activation;

    /// <summary>The paths of a tree that a pattern with at most one <c>*</c> names, by name.</summary>
    private static IEnumerable<string> Matches(PlannedDirectory root, string pattern)
    {
        var star = pattern.IndexOf('*', StringComparison.Ordinal);
        string[] paths = star < 0 ? [pattern] : [.. (root.Find(pattern[..(star - 1)])?.Directories.Keys ?? []).Order(StringComparer.Ordinal).Select(name => pattern[..star] + name + pattern[(star + 1)..])];
        return paths.Where(path => root.Find(path) is not null || root.Find(TreePath.Parent(path))?.Files.ContainsKey(TreePath.Name(path)) == true);
    }
}

/// <summary>One run of a program that makes an index.</summary>
/// <param name="Tool">What it makes.</param>
/// <param name="Program">Absolute path in the environment.</param>
/// <param name="Folder">Absolute path in the environment.</param>
internal sealed record IndexCall(IndexTool Tool, string Program, string Folder)
{
    /// <summary>The whole command.</summary>
    public IReadOnlyList<string> Arguments => ["/bin/sh", "-c", Tool.Command, "sh", Program, Folder];
}
