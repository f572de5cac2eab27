namespace Veridian.Engine.Environments.Running;

/// <summary>What stands at the top of the host's file system, as far as composing a root needs to know.</summary>
/// <param name="Directories">Names of real directories.</param>
/// <param name="Links">Symbolic links with what they say.</param>
/// <remarks>Source: <c>spec/environments.md</c> E-17.</remarks>
public sealed record HostRoot(IReadOnlySet<string> Directories, IReadOnlyDictionary<string, string> Links)
{
    /// <summary>Looks at a host.</summary>
    public static HostRoot Read(string root)
    {
        var directories = new HashSet<string>(StringComparer.Ordinal);
        var links = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in new DirectoryInfo(root).EnumerateFileSystemInfos())
        {
            if (entry.LinkTarget is { } target)
            {
                links[entry.Name] = target;
            }
            else if (entry is DirectoryInfo)
            {
                directories.Add(entry.Name);
            }
        }

        return new HostRoot(directories, links);
    }
}
