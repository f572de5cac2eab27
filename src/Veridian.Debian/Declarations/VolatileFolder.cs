using Veridian.Core.Paths;

namespace Veridian.Debian.Declarations;

/// <summary>A directory that a package wants to find whenever one of its programs starts, where everything is empty then.</summary>
/// <param name="Path">Absolute path.</param>
/// <param name="Mode">Permission bits, the sticky bit among them.</param>
/// <param name="Owner">Name or number of an account.</param>
/// <param name="Group">Name or number of a group.</param>
/// <remarks>Source: <c>spec/debian-bridge.md</c> DB-27.</remarks>
public sealed record VolatileFolder(string Path, int Mode, string Owner, string Group)
{
    private const int PlainMode = 0x1ED;
    private const int KeptBits = 0x3FF; // all but set-id bits
    private const string Root = "root";
    private const string Locks = "/run/lock";

    // Where /var/run and /var/lock lead, and what lies at a place of its own whenever a command starts.
    private static readonly (string From, string To)[] Aliases = [("/var/run/", "/run/"), ("/var/lock/", Locks + "/")];
    private static readonly string[] Places = ["/run/", "/var/cache/", "/var/log/", "/var/tmp/"];
    private static readonly string[] Taken = ["/run/vpkg", "/run/host", "/run/var", "/run/user", "/run/dbus"];

    /// <summary>Reads a file of <c>tmpfiles.d</c>; lines that mean something else are passed over.</summary>
    public static IReadOnlyList<VolatileFolder> Read(ReadOnlySpan<byte> file) => [.. DeclarationLines.Read(file).Select(FromWords).OfType<VolatileFolder>()];

    /// <summary>A directory as it was read before; null if it is none.</summary>
    /// <param name="mode">Octal digits; anything else stands for 755.</param>
    /// <param name="owner">See <see cref="Owner"/>; anything else stands for root.</param>
    /// <param name="group">See <see cref="Group"/>; anything else stands for root.</param>
    /// <param name="path">See <see cref="Path"/>.</param>
    public static VolatileFolder? Create(string mode, string owner, string group, string path) =>
        Places.Any(place => path.StartsWith(place, StringComparison.Ordinal)) && path != Locks
        && !Taken.Any(taken => path == taken || path.StartsWith(taken + "/", StringComparison.Ordinal))
        && RelativePath.TryParse(path[1..], out _) && !path.Any(c => c is '%' || char.IsControl(c))
            ? new VolatileFolder(path, ReadMode(mode), IsName(owner) ? owner : Root, IsName(group) ? group : Root)
            : null;

    private static VolatileFolder? FromWords(IReadOnlyList<string> words)
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

    private static int ReadMode(string text) =>
        text.Length is > 0 and <= 5 && text.All(c => c is >= '0' and <= '7') ? Convert.ToInt32(text, 8) & KeptBits : PlainMode;

    private static bool IsName(string text) => text.Length > 0 && text != "-" && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.');
}
