using System.Text;
using Veridian.Engine.Environments.Planning;
using Veridian.Store.Trees;

namespace Veridian.Engine.Environments.Activation;

/// <summary>The login shells that packages list, as <c>update-shells</c> reads them.</summary>
/// <remarks>Source: <c>spec/activation.md</c> A-26.</remarks>
internal static class LoginShells
{
    /// <summary>The trigger that stands for them: the folder with a list of each package.</summary>
    public const string Trigger = "/" + Folder;

    private const string Folder = "usr/share/debianutils/shells.d";
    private const int Limit = 1 << 16;

    /// <summary>Their paths: each as listed, and with the directory that it really lies in.</summary>
    /// <param name="root">The merged tree.</param>
    /// <param name="read">Reads a file of it, up to a limit.</param>
    public static IEnumerable<string> Of(PlannedDirectory root, Func<string, int, byte[]?> read)
    {
        foreach (var name in root.Find(Folder)?.Files.Keys ?? [])
        {
            foreach (var shell in Encoding.UTF8.GetString(read($"{Folder}/{name}", Limit) ?? []).Split('\n').Select(line => line.Split('#')[0]).Where(line => line.StartsWith('/')))
            {
                yield return shell;
                // Of the directories that shells lie in, only those at the top may be links.
                if (shell.Split('/', 3) is [_, var top, var rest] && root.Files.TryGetValue(top, out var link) && link.Entry.Kind == TreeEntryKind.SymbolicLink)
                {
                    yield return $"/{link.Entry.Target.Trim('/')}/{rest}";
                }
            }
        }
    }
}
