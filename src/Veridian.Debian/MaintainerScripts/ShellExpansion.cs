using System.Text;

namespace Veridian.Debian.MaintainerScripts;

/// <summary>
/// Writes out the words of a command for every time it may run: its variables go through the words of the loops around it, its
/// parameters through the calls of its function, and what is assigned in one place has that value.
/// </summary>
/// <remarks>Source: <c>spec/debian-bridge.md</c> DB-22. Says what words may be, not that they are: enough where a file must not lie in two places.</remarks>
internal sealed class ShellExpansion
{
    private const int MostDepth = 4;
    private const int MostTimes = 4096;

    private readonly IReadOnlyList<ShellCommand> _commands;
    private readonly Dictionary<string, string> _assigned;

    /// <summary>Takes the commands of a script.</summary>
    internal ShellExpansion(IReadOnlyList<ShellCommand> commands)
    {
        _commands = commands;
        _assigned = commands.SelectMany(command => command.Words).Select(word => word.Text)
            .Where(text => text.IndexOf('=', StringComparison.Ordinal) is var at and > 0 && NameLength(text) == at).GroupBy(text => text[..NameLength(text)])
            .Where(same => same.Count() == 1).ToDictionary(same => same.Key, same => same.Single()[(same.Key.Length + 1)..], StringComparer.Ordinal);
    }

    /// <summary>The words of each time; null for a word that is not known.</summary>
    internal IEnumerable<string?[]> Times(ShellCommand command) =>
        Bindings(command, 0).Take(MostTimes).Select(known => command.Words.Select(word => ValueOf(word, known)).ToArray());

    /// <summary>What is known of variables each time that a command may run.</summary>
    private IEnumerable<Dictionary<string, string?>> Bindings(ShellCommand command, int depth)
    {
        var around = command.Function is null
            ? [new Dictionary<string, string?>(StringComparer.Ordinal) { ["1"] = "install" }]
            : depth == MostDepth ? [] : Calls(command.Function).SelectMany(call => Bindings(call, depth + 1).Select(known => Parameters(call, known)));
        foreach (var loop in command.Loops.Reverse())
        {
            around = around.SelectMany(known => loop.Skip(1).Select(word => new Dictionary<string, string?>(known, StringComparer.Ordinal) { [loop[0].Text] = ValueOf(word, known) }));
        }

        return around;
    }

    private IEnumerable<ShellCommand> Calls(string function) => _commands.Where(command => command.Runs != Truth.No && command.Words[0].Text == function && command.Words[0].IsLiteral);

    private Dictionary<string, string?> Parameters(ShellCommand call, Dictionary<string, string?> known)
    {
        var inside = known.Where(pair => !char.IsAsciiDigit(pair.Key[0])).ToDictionary(StringComparer.Ordinal);
        foreach (var (number, word) in call.Words.Index().Skip(1))
        {
            inside[number.ToString(System.Globalization.CultureInfo.InvariantCulture)] = ValueOf(word, known);
        }

        return inside;
    }

    private string? ValueOf(ShellToken word, Dictionary<string, string?> known) => word.IsLiteral ? word.Text : word.RunsCommand ? null : Expand(word.Text, known, 0);

    private string? Expand(string text, Dictionary<string, string?> known, int depth)
    {
        var value = new StringBuilder();
        for (var at = 0; at < text.Length;)
        {
            if (text[at] is '*' or '?' or '[' or '~' or '`' || depth > MostDepth)
            {
                return null;
            }

            if (text[at] != '$')
            {
                value.Append(text[at++]);
                continue;
            }

            var (name, instead, end) = Reference(text, at + 1);
            if (name.Length == 0 || (Value(name, known, depth) ?? (instead is null ? null : Expand(instead, known, depth + 1))) is not { } part)
            {
                return null;
            }

            value.Append(part);
            at = end;
        }

        return value.ToString();
    }

    private string? Value(string name, Dictionary<string, string?> known, int depth) =>
        known.TryGetValue(name, out var value) ? value : _assigned.TryGetValue(name, out var text) ? Expand(text, known, depth + 1) : null;

    /// <summary>A reference behind its dollar: the name, what stands for it where it has no value, and where it ends; no name where it is of another kind.</summary>
    private static (string Name, string? Instead, int End) Reference(string text, int at)
    {
        var braced = at < text.Length && text[at] == '{';
        at += braced ? 1 : 0;
        var length = at < text.Length && char.IsAsciiDigit(text[at]) ? 1 : NameLength(text.AsSpan(at));
        var (name, end) = (text.Substring(at, length), at + length);
        // A parameter that a call does not give is empty.
        var instead = length == 1 && char.IsAsciiDigit(name[0]) ? "" : null;
        if (!braced)
        {
            return (name, instead, end);
        }

        if (end < text.Length && text[end] == '}')
        {
            return (name, instead, end + 1);
        }

        var close = text.IndexOf('}', end);
        var inside = close < 0 ? "" : text[end..close];
        return inside.TrimStart(':') is ['-', .. var rest] && !rest.Contains('{', StringComparison.Ordinal) ? (name, rest, close + 1) : ("", null, end);
    }

    private static int NameLength(ReadOnlySpan<char> text)
    {
        var length = 0;
        while (length < text.Length && (char.IsAsciiLetterOrDigit(text[length]) || text[length] == '_'))
        {
            length++;
        }

        return length;
    }
}
