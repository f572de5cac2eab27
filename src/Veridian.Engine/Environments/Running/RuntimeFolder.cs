using System.Globalization;
using Veridian.Engine.Environments.Activation;

namespace Veridian.Engine.Environments.Running;

/// <summary>A directory that is made whenever a command starts.</summary>
/// <param name="Path">Absolute path inside.</param>
/// <param name="Mode">Permission bits.</param>
/// <param name="Owner">An account's number inside.</param>
/// <param name="Group">A group's number inside.</param>
/// <remarks>Source: <c>spec/environments.md</c> E-70.</remarks>
public sealed record RuntimeFolder(string Path, int Mode, int Owner, int Group)
{
    internal const string Variable = "/var/";
    private const int PlainMode = 0x1ED;

    /// <summary>The directories of an environment's list, each after those that it lies in.</summary>
    /// <param name="list">The text of <c>activation/folders</c>.</param>
    /// <param name="passwd">Accounts inside.</param>
    /// <param name="group">Groups inside.</param>
    public static IReadOnlyList<RuntimeFolder> Read(string list, string passwd, string group)
    {
        var folders = new SortedDictionary<string, RuntimeFolder>(StringComparer.Ordinal);
        foreach (var folder in VolatileFolders.Read(list))
        {
            folders[folder.Path] = new RuntimeFolder(folder.Path, folder.Mode, Number(passwd, folder.Owner), Number(group, folder.Group));
        }

        foreach (var path in folders.Keys.ToList())
        {
            var top = path.StartsWith(Variable, StringComparison.Ordinal) ? path.IndexOf('/', Variable.Length) : path.IndexOf('/', 1); // there anyway
            for (var at = path.LastIndexOf('/'); at > top; at = path.LastIndexOf('/', at - 1))
            {
                folders.TryAdd(path[..at], new RuntimeFolder(path[..at], PlainMode, 0, 0));
            }
        }

        return [.. folders.Values];
    }

    private static int Number(string list, string name) =>
        int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        || int.TryParse(list.Split('\n').Select(line => line.Split(':')).FirstOrDefault(fields => fields.Length > 2 && fields[0] == name)?[2], NumberStyles.None, CultureInfo.InvariantCulture, out number)
            ? number
            : 0;
}
