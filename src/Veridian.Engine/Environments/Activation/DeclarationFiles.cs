using Veridian.Engine.Environments.Planning;

namespace Veridian.Engine.Environments.Activation;

/// <summary>The files in which packages declare what they need: those of <c>usr/lib/NAME.d</c> and <c>etc/NAME.d</c>.</summary>
/// <remarks>Source: <c>spec/activation.md</c> A-33.</remarks>
internal static class DeclarationFiles
{
    private const int Limit = 1 << 20;
    private const string Ending = ".conf";

    /// <summary>Their bytes, in the order of their names; a file of <c>etc</c> counts instead of one of the same name.</summary>
    /// <param name="name">The folder's name, without the <c>.d</c>.</param>
    /// <param name="root">The merged tree.</param>
    /// <param name="read">Reads a file of it, up to a limit; null if it is not there.</param>
    public static IEnumerable<byte[]> Of(string name, PlannedDirectory root, Func<string, int, byte[]?> read)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var folder in (string[])[$"usr/lib/{name}.d", $"etc/{name}.d"])
        {
            foreach (var file in root.Find(folder)?.Files.Keys.Where(file => file.EndsWith(Ending, StringComparison.Ordinal)) ?? [])
            {
                files[file] = $"{folder}/{file}";
            }
        }

        return files.Values.Select(path => read(path, Limit) ?? []);
    }
}
