using System.Text;
using Veridian.Engine.Environments.Building;
using Veridian.Engine.Environments.Planning;
using Veridian.Posix;

namespace Veridian.Engine.Environments.Running;

/// <summary>Writes what makes a generation's commands startable: <c>launch</c>, <c>bin/NAME</c> and the generation's own files.</summary>
/// <remarks>Source: <c>spec/environments.md</c> E-20, E-21.</remarks>
public static class Launcher
{
    /// <summary>The folder inside a generation that is bound at run time.</summary>
    public const string FilesFolder = "etc";

    private const int ExecutableMode = 0x16D;
    private static readonly string[] CommandFolders = ["usr/bin/", "usr/sbin/", "usr/games/"];

    /// <summary>Names of the commands that packages bring, without those that cannot be a command's name, in order.</summary>
    public static IReadOnlyList<string> Commands(IEnumerable<Veridian.Store.Trees.TreeEntry> entries) =>
    [
        .. entries.Where(entry => entry.Kind is Veridian.Store.Trees.TreeEntryKind.ExecutableFile or Veridian.Store.Trees.TreeEntryKind.SymbolicLink)
            .Select(entry => entry.Path.Text)
            .Where(path => Array.Exists(CommandFolders, folder => path.StartsWith(folder, StringComparison.Ordinal) && !path.AsSpan(folder.Length).Contains('/')))
            .Select(TreePath.Name).Where(name => name != "launch").Distinct().Order(StringComparer.Ordinal),
    ];

    /// <summary>Writes everything into a generation's folder.</summary>
    /// <param name="generation">Absolute path of the folder; it is there and not published yet.</param>
    /// <param name="settings">As for <see cref="LaunchScript"/>; its <see cref="RunSettings.GenerationFiles"/> is the folder's final path and <see cref="FilesFolder"/>.</param>
    /// <param name="commands">Names of <c>bin</c>.</param>
    /// <param name="files">The generation's own files by name.</param>
    public static void Write(string generation, RunSettings settings, IReadOnlyList<string> commands, IReadOnlyDictionary<string, string> files)
    {
        using var folder = DirectoryHandle.Open(generation);
        using (var script = Durable.Create(folder, "launch"))
        {
            Durable.Write(script, Encoding.UTF8.GetBytes(LaunchScript.Write(settings)));
            Durable.Seal(script, ExecutableMode);
        }

        Durable.MakeDirectory(folder, FilesFolder);
        using var own = folder.OpenFolder(FilesFolder);
        foreach (var (name, text) in files)
        {
            FileCopy.Write(own, name, Encoding.UTF8.GetBytes(text));
        }

        Durable.MakeDirectory(folder, "bin");
        using var bin = folder.OpenFolder("bin");
        foreach (var name in commands)
        {
            Durable.SymbolicLink(bin, name, "../launch");
        }
    }
}
