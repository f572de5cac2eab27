using Veridian.Core.Errors;

namespace Veridian.Debian.Sources;

/// <summary>The one-line syntax: <c>deb [option=value ...] url suite component ...</c>.</summary>
/// <remarks>Source: <c>spec/debian-bridge.md</c> DB-15.</remarks>
internal static class AptLines
{
    internal static IEnumerable<AptEntry> Read(string text, string file)
    {
        var number = 0;
        foreach (var line in text.Split('\n'))
        {
            number++;
            var content = line.Split('#')[0].Trim();
            if (content.Length > 0)
            {
                yield return Entry(content, new SourceSpan(file, number, 0));
            }
        }
    }

    private static AptEntry Entry(string line, SourceSpan place)
    {
        var (type, rest) = TakeWord(line);
        var options = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (rest.StartsWith('['))
        {
            var end = rest.IndexOf(']', StringComparison.Ordinal);
            if (end < 0 || !TryReadOptions(rest[1..end], options))
            {
                return new AptEntry(place, line, null, "Its options cannot be read.");
            }

            rest = rest[(end + 1)..].TrimStart();
        }

        var (uri, suite) = TakeUri(rest);
        var words = Words(suite);
        return words.Length == 0
            ? new AptEntry(place, line, null, "It names no URL or no suite.")
            : new AptEntry(place, line, new AptSource
            {
                Types = [type],
                Uris = [uri],
                Suites = [words[0]],
                Components = words[1..],
                SignedBy = AptSignedByReader.Read(options.GetValueOrDefault("signed-by", "").Replace(',', ' ')),
                Architectures = options.GetValueOrDefault("arch", "").Split(',', StringSplitOptions.RemoveEmptyEntries),
                Place = place,
            });
    }

    private static bool TryReadOptions(string text, Dictionary<string, string> options)
    {
        foreach (var word in Words(text))
        {
            var equals = word.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1 || !options.TryAdd(word[..equals].TrimEnd('+', '-'), word[(equals + 1)..]))
            {
                return false;
            }
        }

        return true;
    }

    // cdrom:[Debian 12 ...]/ has spaces inside its brackets.
    private static (string Uri, string After) TakeUri(string text)
    {
        var (word, rest) = TakeWord(text);
        var open = word.IndexOf('[', StringComparison.Ordinal);
        var close = open < 0 ? -1 : text.IndexOf(']', open);
        if (close < 0)
        {
            return (word, rest);
        }

        var (tail, after) = TakeWord(text[close..]);
        return (text[..close] + tail, after);
    }

    private static (string Word, string After) TakeWord(string text)
    {
        var end = text.AsSpan().IndexOfAny(' ', '\t');
        return end < 0 ? (text, "") : (text[..end], text[end..].TrimStart());
    }

    private static string[] Words(string text) => text.Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries);
}
