using Veridian.Core.Errors;

namespace Veridian.Fetch.Http;

/// <summary>Names and passwords for hosts, in the form of <c>netrc</c> and apt's <c>auth.conf</c>.</summary>
/// <remarks>
/// Source: <c>spec/mirrors.md</c> M-2. <c>machine</c> is a host with an optional port and path; without a scheme it holds for <c>https</c> only,
/// so that a password never goes out in the clear unless somebody wrote <c>http://</c>. <c>default</c> is not honoured: it would hand a password to any host.
/// </remarks>
public sealed class Netrc
{
    private const int MaxCharacters = 1024 * 1024;

    private readonly List<Entry> _entries = [];

    private Netrc()
    {
    }

    /// <summary>No credentials.</summary>
    public static Netrc Empty { get; } = new();

    /// <summary>Reads the text of a file of at most one million characters.</summary>
    /// <param name="name">The file, for messages.</param>
    /// <param name="text">Its text.</param>
    /// <exception cref="InvalidInputException">The text is too long, or a word stands where it cannot.</exception>
    public static Netrc Parse(string name, string text)
    {
        var netrc = new Netrc();
        var words = text.Length > MaxCharacters ? throw Bad(name, "is too long") : Words(text);
        Entry? entry = null;
        for (var i = 0; i < words.Count; i++)
        {
            var value = i + 1 < words.Count ? words[i + 1] : null;
            switch (words[i])
            {
                case "machine" when value is not null:
                    netrc._entries.Add(entry = new Entry(value));
                    i++;
                    break;
                case "default":
                    entry = new Entry("");
                    break;
                case "login" when entry is not null && value is not null:
                    entry.Login = value;
                    i++;
                    break;
                case "password" when entry is not null && value is not null:
                    entry.Password = value;
                    i++;
                    break;
                case "account" when value is not null:
                    i++;
                    break;
                default:
                    throw Bad(name, $"has a word that is not understood: '{(words[i].Length > 20 ? words[i][..20] : words[i])}'");
            }
        }

        return netrc;
    }

    /// <summary>The name and password for a URL, or null. The first entry that fits wins.</summary>
    public (string Login, string Password)? Find(Uri url)
    {
        foreach (var entry in _entries)
        {
            if (entry.Fits(url))
            {
                return (entry.Login, entry.Password);
            }
        }

        return null;
    }

    private static List<string> Words(string text)
    {
        var words = new List<string>();
        foreach (var line in text.Split('\n'))
        {
            var plain = line.TrimStart().StartsWith('#') ? "" : line;
            words.AddRange(plain.Split((char[])[' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries));
        }

        return words;
    }

    private static InvalidInputException Bad(string name, string why) => new(
        ErrorCodes.AptSource, $"Credentials file '{name}' {why}.", "Write 'machine HOST login NAME password WORD' on each line.");

    private sealed class Entry(string machine)
    {
        public string Login { get; set; } = "";

        public string Password { get; set; } = "";

        public bool Fits(Uri url)
        {
            var at = machine.IndexOf("://", StringComparison.Ordinal);
            var scheme = at < 0 ? "https" : machine[..at];
            var rest = at < 0 ? machine : machine[(at + 3)..];
            var slash = rest.IndexOf('/', StringComparison.Ordinal);
            var (host, path) = slash < 0 ? (rest, "/") : (rest[..slash], rest[slash..]);
            return host.Length > 0
                && url.Scheme == scheme
                && (Same(host, url.Host) && url.IsDefaultPort || Same(host, $"{url.Host}:{url.Port}"))
                && (path == "/" || url.AbsolutePath == path || url.AbsolutePath.StartsWith(path.TrimEnd('/') + "/", StringComparison.Ordinal));
        }

        private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
    }
}
