using System.Diagnostics.CodeAnalysis;

namespace Veridian.Debian.MaintainerScripts;

/// <summary>Lines that are known word for word but for names, which stand as a letter in braces; one letter is the same name wherever it stands.</summary>
/// <remarks>
/// <c>v</c> is two numbers with a dot between; <c>n</c> and <c>m</c> have small letters, digits and underscores, <c>w</c> is several of these with spaces between;
/// <c>p</c>, of a package, and <c>t</c>, the version of a tool, have what these may have; <c>f</c> is names of files with spaces between.
/// </remarks>
internal sealed class ScriptBlock
{
    private readonly string[] _lines;

    /// <summary>Takes the lines, without what stands at their beginnings and ends.</summary>
    internal ScriptBlock(string lines) => _lines = lines.Split('\n');

    /// <summary>How many they are.</summary>
    internal int Length => _lines.Length;

    /// <summary>Whether a script has them at a place.</summary>
    /// <param name="script">Its lines.</param>
    /// <param name="at">The number of the first.</param>
    /// <param name="names">The names.</param>
    internal bool Matches(IReadOnlyList<string> script, int at, [NotNullWhen(true)] out IReadOnlyDictionary<char, string>? names)
    {
        var found = new Dictionary<char, string>();
        names = found;
        return at + _lines.Length <= script.Count && _lines.Index().All(line => Matches(line.Item, script[at + line.Index], found));
    }

    private static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> line, Dictionary<char, string> names)
    {
        while (pattern.Length > 0)
        {
            if (pattern is not ['{', var kind, '}', ..])
            {
                if (line.IsEmpty || line[0] != pattern[0])
                {
                    return false;
                }

                pattern = pattern[1..];
                line = line[1..];
                continue;
            }

            var length = kind == 'v' ? VersionLength(line) : LengthOf(kind, line);
            var name = line[..length].ToString();
            if (length == 0 || (!names.TryAdd(kind, name) && names[kind] != name))
            {
                return false;
            }

            pattern = pattern[3..];
            line = line[length..];
        }

        return line.IsEmpty;
    }

    private static int VersionLength(ReadOnlySpan<char> line)
    {
        var major = LengthOf('d', line);
        var minor = major > 0 && line[major..] is ['.', .. var rest] ? LengthOf('d', rest) : 0;
        return minor == 0 ? 0 : major + 1 + minor;
    }

    private static int LengthOf(char kind, ReadOnlySpan<char> line)
    {
        var length = 0;
        while (length < line.Length && MayHold(kind, line[length]))
        {
            length++;
        }

        return length;
    }

    private static bool MayHold(char kind, char c) => kind switch
    {
        'd' => char.IsAsciiDigit(c),
        'f' => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '-' or ' ',
        'p' => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '+' or '-',
        't' => char.IsAsciiLetterOrDigit(c) || c is '.' or '+' or '-' or '~',
        _ => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_' || (kind == 'w' && c == ' '),
    };
}
