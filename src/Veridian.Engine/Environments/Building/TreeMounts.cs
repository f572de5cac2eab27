using Veridian.Build.Sandbox;
using Veridian.Engine.Environments.Planning;

namespace Veridian.Engine.Environments.Building;

/// <summary>How a tree under construction becomes the root of a sandbox: read-only, nothing else in it.</summary>
internal static class TreeMounts
{
    /// <summary>The mounts for the tree in a folder.</summary>
    public static IReadOnlyList<SandboxMount> Of(PlannedDirectory root, string folder)
    {
        List<SandboxMount> mounts = [];
        foreach (var name in root.Directories.Keys.Order(StringComparer.Ordinal))
        {
            mounts.Add(new SandboxMount.Bind($"{folder}/{name}", "/" + name));
        }

        foreach (var (name, link) in root.Files.OrderBy(file => file.Key, StringComparer.Ordinal))
        {
            mounts.Add(new SandboxMount.SymbolicLink(link.Entry.Target, "/" + name));
        }

        return mounts;
    }
}
