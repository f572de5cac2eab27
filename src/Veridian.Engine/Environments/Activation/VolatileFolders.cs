using Veridian.Debian.Declarations;
using Veridian.Engine.Environments.Planning;

namespace Veridian.Engine.Environments.Activation;

/// <summary>The list of directories that packages want to find below <c>/run</c> and in the parts of <c>/var</c> that are empty at every start.</summary>
/// <remarks>Source: <c>spec/activation.md</c> A-33.</remarks>
internal static class VolatileFolders
{
    /// <summary>Where an environment keeps it.</summary>
    public const string FileName = "activation/folders";

    private const int MostFolders = 1000;

    /// <summary>What the files of a tree ask for, by path; of two lines for one path the first counts.</summary>
    /// <param name="root">The merged tree.</param>
    /// <param name="read">Reads a file of it, up to a limit; null if it is not there.</param>
    public static IReadOnlyList<VolatileFolder> Of(PlannedDirectory root, Func<string, int, byte[]?> read) =>
        [.. DeclarationFiles.Of("tmpfiles", root, read).SelectMany(file => VolatileFolder.Read(file)).Take(MostFolders).DistinctBy(folder => folder.Path).OrderBy(folder => folder.Path, StringComparer.Ordinal)];

    /// <summary>The list as text: mode in octal digits, owner, group and path, separated by tabs.</summary>
    public static string Write(IEnumerable<VolatileFolder> folders) => string.Concat(folders.Select(folder =>
        $"{Convert.ToString(folder.Mode, 8)}\t{folder.Owner}\t{folder.Group}\t{folder.Path}\n"));

    /// <summary>Reads the text; lines that are damaged are passed over.</summary>
    public static IEnumerable<VolatileFolder> Read(string text) => text.Split('\n').Select(line => line.Split('\t'))
        .Where(fields => fields.Length == 4).Select(fields => VolatileFolder.Create(fields[0], fields[1], fields[2], fields[3])).OfType<VolatileFolder>();
}
