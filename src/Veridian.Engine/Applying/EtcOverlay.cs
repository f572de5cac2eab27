using System.Text;
using Veridian.Engine.Profiles;

namespace Veridian.Engine.Applying;

/// <summary>A generation's own <c>/etc</c>: a copy of the environment's with the project's files over it.</summary>
/// <remarks>Source: <c>spec/environments.md</c> E-63. A file's name stays its place in the generation, so that going back brings back its content.</remarks>
internal static class EtcOverlay
{
    /// <summary>The folder in a generation.</summary>
    public const string FolderName = "root-etc";

    /// <summary>What a generation's overlay was made of: the project's folder, then its files, a line each.</summary>
    public const string ListName = "root-etc.files";

    private const int MaxBytes = 8 << 20;

    /// <summary>Writes it.</summary>
    /// <param name="generation">The generation's folder, not published yet.</param>
    /// <param name="environmentEtc">Absolute path of the environment's.</param>
    /// <param name="folder">Absolute path of the project's.</param>
    /// <param name="files">What lies in it.</param>
    public static void Write(string generation, string environmentEtc, string folder, IReadOnlyList<ProfileText> files)
    {
        var target = Path.Combine(generation, FolderName);
        Copy(new DirectoryInfo(environmentEtc), target);
        foreach (var file in files)
        {
            var path = Path.Combine(target, Path.GetRelativePath(folder, file.Path));
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.Delete(path);
            File.WriteAllBytes(path, file.Bytes);
            File.SetUnixFileMode(path, (UnixFileMode)((File.GetUnixFileMode(file.Path) & UnixFileMode.UserExecute) != 0 ? 0x16D : 0x124));
        }

        File.WriteAllText(Path.Combine(generation, ListName), List(folder, files.Select(file => file.Path)));
    }

    /// <summary>Whether the folder still holds the files, by name, that a generation was made of; their contents are compared with the includes.</summary>
    public static bool IsAsRecorded(string generation) =>
        BoundedFile.TryRead(Path.Combine(generation, ListName), MaxBytes) is not { } bytes
        || (Encoding.UTF8.GetString(bytes) is var list && List(list.Split('\n')[0], EtcFolder.Paths(list.Split('\n')[0])) == list);

    private static string List(string folder, IEnumerable<string> paths) => string.Concat(paths.Prepend(folder).Select(path => path + "\n"));

    private static void Copy(DirectoryInfo from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var entry in from.EnumerateFileSystemInfos())
        {
            var path = Path.Combine(to, entry.Name);
            if (entry.LinkTarget is { } target)
            {
                File.CreateSymbolicLink(path, target);
            }
            else if (entry is DirectoryInfo folder)
            {
                Copy(folder, path);
            }
            else
            {
                File.Copy(entry.FullName, path);
            }
        }
    }
}
