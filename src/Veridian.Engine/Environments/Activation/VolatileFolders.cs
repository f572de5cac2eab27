using Veridian.Core.Paths;
using Veridian.Engine.Environments.Planning;

namespace Veridian.Engine.Environments.Activation;

/// <summary>Directories that packages want to find below <c>/run</c> and in the parts of <c>/var</c> that are empty at every start.</summary>
/// <remarks>Source: <c>spec/activation.md</c> A-33. Lines are those of <c>systemd-tmpfiles</c>.</remarks>
internal static class VolatileFolders
{
    /// <summary>Where an environment keeps the list.</summary>
    public const string FileName = "activation/folders";

    private const int MostFolders = 1000;
    private const int PlainMode = 0x1ED;
    private const int KeptBits = 0x3FF; // all but set-id bits

    // Where /var/run and /var/lock lead, and what lies at a place of its own whenever a command starts.
    private static readonly (string From, string To)[] Aliases = [("/var/run/", "/run/"), ("/var/lock/", "/run/lock/")];
    private static readonly string[] Places = ["/run/", "/var/cache/", "/var/log/", "/var/tmp/"];
    private static readonly string[] Taken = ["/run/vpkg", "/run/host", "/run/var", "/run/user", "/run/dbus", "/run/lock"];

    /// <summary>What the files of a tree ask for, by path.</summary>
    /// <param name="root">The merged tree.</param>
    /// <param name="read">Reads a file of it, up to a limit; null if it is not there.</param>
    public static IReadOnlyList<VolatileFolder> Of(PlannedDirectory root, Func<string, int, byte[]?> read)
    {
        var folders = new SortedDictionary<string, VolatileFolder>(StringComparer.Ordinal);
        foreach (var folder in ConfigurationFolder.Lines("tmpfiles", root, read).Select(Parse).OfType<VolatileFolder>().Take(MostFolders))
        {
            folders.TryAdd(folder.Path, folder); // of two lines for one path the first counts, as there
        }

        return [.. folders.Values];
    }

    /// <summary>The list as text: mode in octal digits, owner, group and path, separated by tabs.</summary>
    public static string Write(IEnumerable<VolatileFolder> folders) => string.Concat(folders.Select(folder =>
        $"{Convert.ToString(folder.Mode, 8)}\t{folder.Owner}\t{folder.Group}\t{folder.Path}\n"));

    /// <summary>Reads the text; lines that are damaged are passed over.</summary>
    public static IEnumerable<VolatileFolder> Read(string text) => text.Split('\n').Select(line => line.Split('\t'))
        .Where(fields => fields.Length == 4).Select(fields => Create(fields[0], fields[1], fields[2], fields[3])).OfType<VolatileFolder>();

    private static VolatileFolder? Parse(IReadOnlyList<string> words)
    {
        if (words.Count < 2 || words[0][0] is not ('d' or 'D' or 'q' or 'Q' or 'v') || words[0][1..].Any(c => c is not ('!' or '-' or '+' or '=' or '~' or '^' or '$')))
        {
            return null;
        }

        var path = words[1].TrimEnd('/');
        foreach (var (from, to) in Aliases)
        {
            path = path.StartsWith(from, StringComparison.Ordinal) ? to + path[from.Length..] : path;
        }

        return Create(Word(2), Word(3), Word(4), path);

        string Word(int at) => words.Count > at ? words[at].TrimStart('~', ':') : "-";
    }

    private static VolatileFolder? Create(string mode, string owner, string group, string path)
    {
        if (!Places.Any(place => path.StartsWith(place, StringComparison.Ordinal)) || Taken.Any(taken => path == taken || (taken != "/run/lock" && path.StartsWith(taken + "/", StringComparison.Ordinal)))
            || !RelativePath.TryParse(path[1..], out _) || path.Any(c => c is '%' || char.IsControl(c)))
        {
            return null;
        }

        return new VolatileFolder(path, Mode(mode), IsName(owner) ? owner : "root", IsName(group) ? group : "root");
    }

    private static int Mode(string text) =>
        text.Length is > 0 and <= 5 && text.All(c => c is >= '0' and <= '7') ? Convert.ToInt32(text, 8) & KeptBits : PlainMode;

    private static bool IsName(string text) => text.Length > 0 && text != "-" && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.');
}

/// <summary>A directory that is made whenever a command starts.</summary>
/// <param name="Path">Absolute path inside.</param>
/// <param name="Mode">Permission bits, the sticky bit among them.</param>
/// <param name="Owner">Name or number of an account.</param>
/// <param name="Group">Name or number of a group.</param>
internal sealed record VolatileFolder(string Path, int Mode, string Owner, string Group);
