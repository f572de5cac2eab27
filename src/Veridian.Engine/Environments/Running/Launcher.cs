using System.Text;
using Veridian.Engine.Environments.Planning;
using Veridian.Engine.Environments.Running.Entering;
using Veridian.Posix;
using Veridian.Store.Files;
using Veridian.Store.Trees;

namespace Veridian.Engine.Environments.Running;

/// <summary>Writes what makes a generation's commands startable: <c>launch</c>, <c>bin/NAME</c> and the generation's own files.</summary>
/// <remarks>Source: <c>spec/environments.md</c> E-20, E-21.</remarks>
public static class Launcher
{
    /// <summary>The folder inside a generation that is bound at run time.</summary>
    public const string FilesFolder = "etc";

    /// <summary>The name of the entry program in that folder.</summary>
    public const string EntryName = "enter";

    /// <summary>The name of the program beside it that leads back to the host.</summary>
    public const string LeaveName = "leave";

    private const int FileMode = 0x124;
    private const int ExecutableMode = 0x16D;
    private static readonly string[] KnownShells = ["bash", "dash", "elvish", "fish", "ksh", "mksh", "nu", "sh", "tcsh", "yash", "zsh"];
    private static readonly string[] CommandFolders = ["usr/bin", "usr/sbin", "usr/games"];

    /// <summary>Names of the commands that some packages bring into an environment, in order: programs, links, and links of alternatives.</summary>
    /// <param name="plan">The environment.</param>
    /// <param name="packages">Names of the packages that were asked for.</param>
    public static IReadOnlyList<string> Commands(EnvironmentPlan plan, IReadOnlySet<string> packages)
    {
        var offered = plan.Packages.Zip(plan.Alternatives).Where(pair => packages.Contains(pair.First.Name))
            .SelectMany(pair => pair.Second.Understood).SelectMany(offer => offer.Slaves.Select(slave => slave.Link).Append(offer.Link))
            .Select(TreePath.FromAbsolute).ToHashSet();
        return
        [
            .. CommandFolders.Select(plan.Root.Find).OfType<PlannedDirectory>().SelectMany(folder => folder.Files)
                .Where(file => file.Value.Entry.Kind is TreeEntryKind.ExecutableFile or TreeEntryKind.SymbolicLink)
                .Where(file => file.Value.Owner == PlannedDirectory.Activation
                    ? offered.Contains(file.Value.Path.Text)
                    : packages.Contains(plan.Packages[file.Value.Owner].Name))
                .Select(file => file.Key).Where(name => name != "launch").Distinct().Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>Absolute paths under which an environment's shells may be named.</summary>
    public static IReadOnlyList<string> Shells(EnvironmentPlan plan) =>
        [.. KnownShells.Where(name => plan.Root.Find("usr/bin")?.Files.ContainsKey(name) == true).SelectMany(name => (string[])["/bin/" + name, "/usr/bin/" + name])];

    /// <summary>Whether an environment has locale data beyond C.UTF-8, which the C library brings.</summary>
    public static bool HasLocales(EnvironmentPlan plan) =>
        plan.Root.Find("usr/lib/locale") is { } locales && (locales.Files.ContainsKey("locale-archive") || locales.Directories.Count > 1);

    /// <summary>Writes everything into a generation's folder.</summary>
    /// <param name="disk">How disk operations are done.</param>
    /// <param name="generation">Absolute path of the folder; it is there and not published yet.</param>
    /// <param name="settings">As for <see cref="LaunchScript"/>; its <see cref="RunSettings.GenerationFiles"/> is the folder's final path and <see cref="FilesFolder"/>.</param>
    /// <param name="commands">Names of <c>bin</c>.</param>
    /// <param name="files">The generation's own files by name.</param>
    /// <param name="scripts">Code for users' shells by name.</param>
    public static void Write(
        IStoreFiles disk, string generation, RunSettings settings, IReadOnlyList<string> commands, IReadOnlyDictionary<string, string> files, IReadOnlyDictionary<string, string> scripts)
    {
        using var folder = DirectoryHandle.Open(generation);
        foreach (var (name, text) in scripts)
        {
            Write(disk, folder, name, text, FileMode);
        }

        Write(disk, folder, "launch", LaunchScript.Write(settings), ExecutableMode);
        disk.MakeDirectory(folder, FilesFolder);
        using var own = folder.OpenFolder(FilesFolder);
        foreach (var (name, text) in files)
        {
            Write(disk, own, name, text, FileMode);
        }

        if (settings.HasEntry)
        {
            Write(disk, own, EntryName, EntryProgram.For(settings), ExecutableMode);
            Write(disk, own, LeaveName, EntryProgram.ToHost(), ExecutableMode);
        }

        if (settings.HostCertificates is not null)
        {
            Write(disk, own, Path.GetFileName(RunArguments.CertificateBundle), "", FileMode); // the host's lies over it
        }

        if (settings is { HasEntry: true, Program: { } program })
        {
            disk.MakeDirectory(own, "bin");
            using var inside = own.OpenFolder("bin");
            Write(disk, inside, "vpkg", LaunchScript.WriteInside(program), ExecutableMode);
        }

        disk.MakeDirectory(folder, "bin");
        using var bin = folder.OpenFolder("bin");
        foreach (var name in commands)
        {
            disk.SymbolicLink(bin, name, "../launch");
        }
    }

    private static void Write(IStoreFiles disk, DirectoryHandle folder, string name, string text, int mode) => Write(disk, folder, name, Encoding.UTF8.GetBytes(text), mode);

    private static void Write(IStoreFiles disk, DirectoryHandle folder, string name, byte[] bytes, int mode)
    {
        using var file = disk.Create(folder, name);
        disk.Write(file, bytes);
        Durable.Seal(file, mode);
    }
}
