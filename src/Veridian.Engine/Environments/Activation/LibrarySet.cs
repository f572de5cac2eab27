using System.Text;
using Veridian.Core.Hashing;
using Veridian.Engine.Environments.Planning;
using Veridian.Store.Trees;

namespace Veridian.Engine.Environments.Activation;

/// <summary>Everything that <c>ldconfig</c> looks at: itself, its configuration, the libraries in its folders, and where their links lead.</summary>
/// <remarks>Source: <c>spec/environments.md</c> E-11.</remarks>
internal sealed class LibrarySet
{
    /// <summary>The tool's path in the tree.</summary>
    public const string Program = "usr/sbin/ldconfig";

    private const int ConfigurationLimit = 1 << 20;
    private static readonly string[] DefaultFolders = ["usr/lib", "usr/lib32", "usr/lib64", "usr/libx32"];

    private LibrarySet(IReadOnlyList<PlannedFile> files, string key) => (Files, Key) = (files, key);

    /// <summary>The files and links by path.</summary>
    public IReadOnlyList<PlannedFile> Files { get; }

    /// <summary>A digest over them: equal sets give equal caches.</summary>
    public string Key { get; }

    /// <summary>The set of a tree; null where it has no ldconfig.</summary>
    /// <param name="plan">The merged tree.</param>
    /// <param name="read">Reads a file of the tree up to a limit.</param>
    public static LibrarySet? Of(EnvironmentPlan plan, Func<string, int, byte[]?> read)
    {
        var lookup = new TreeLookup(plan.Root);
        if (lookup.Trace(Program) is not { } program)
        {
            return null;
        }

        var files = program.ToDictionary(file => file.Path.Text, StringComparer.Ordinal);
        var configuration = Configuration(plan.Root).ToList();
        configuration.ForEach(file => files.TryAdd(file.Path.Text, file));
        foreach (var library in Folders(configuration, read).SelectMany(folder => Libraries(plan.Root, folder)))
        {
            foreach (var file in lookup.Trace(library.Path.Text) ?? [library])
            {
                files.TryAdd(file.Path.Text, file);
            }
        }

        List<PlannedFile> sorted = [.. files.Values.OrderBy(file => file.Path.Text, StringComparer.Ordinal)];
        return new LibrarySet(sorted, KeyOf(sorted));
    }

    private static IEnumerable<PlannedFile> Configuration(PlannedDirectory root)
    {
        var etc = root.Directories["etc"];
        IEnumerable<PlannedFile> main = etc.Files.TryGetValue("ld.so.conf", out var file) ? [file] : [];
        return main.Concat(etc.Find("ld.so.conf.d")?.Files.Values ?? []).Where(part => part.Entry.IsFile);
    }

    private static IEnumerable<string> Folders(IEnumerable<PlannedFile> configuration, Func<string, int, byte[]?> read) =>
        configuration.SelectMany(file => Encoding.UTF8.GetString(read(file.Path.Text, ConfigurationLimit) ?? []).Split('\n'))
            .Select(line => TreePath.FromAbsolute(line.Trim().TrimEnd('/'))).OfType<string>()
            .Concat(DefaultFolders).Distinct(StringComparer.Ordinal);

    /// <summary>The libraries of a folder, and those for certain processors in the folders below <c>glibc-hwcaps</c>.</summary>
    private static IEnumerable<PlannedFile> Libraries(PlannedDirectory root, string folder)
    {
        if (root.Find(folder) is not { } directory)
        {
            return [];
        }

        var variants = directory.Find("glibc-hwcaps")?.Directories.Values ?? [];
        return variants.Prepend(directory).SelectMany(place => place.Files).Where(file => IsLibrary(file.Key)).Select(file => file.Value);
    }

    private static bool IsLibrary(string name) =>
        (name.StartsWith("lib", StringComparison.Ordinal) || name.StartsWith("ld", StringComparison.Ordinal)) && name.Contains(".so", StringComparison.Ordinal);

    private static string KeyOf(IEnumerable<PlannedFile> files)
    {
        var text = new StringBuilder();
        foreach (var file in files)
        {
            text.Append($"{(int)file.Entry.Kind}\t{(file.Entry.Kind == TreeEntryKind.SymbolicLink ? file.Entry.Target : file.Entry.Content)}\t{file.Path}\n");
        }

        return Blake3.Hash(Encoding.UTF8.GetBytes(text.ToString())).ToString();
    }
}
