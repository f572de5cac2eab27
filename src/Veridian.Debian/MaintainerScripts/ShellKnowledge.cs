namespace Veridian.Debian.MaintainerScripts;

/// <summary>What is known of a script's variables at a place in its text, and what follows from that for conditions.</summary>
/// <remarks>Source: <c>spec/debian-bridge.md</c> DB-21. Whatever could have changed a variable makes it unknown.</remarks>
internal sealed class ShellKnowledge
{
    // Files that set no positional parameters and none of a script's own variables.
    private static readonly string[] HarmlessSources = ["/usr/share/debconf/confmodule", "/usr/share/dpkg/sh/dpkg-error.sh"];

    private readonly Dictionary<string, string> _values;
    private readonly HashSet<string> _assignedOnce;
    private readonly IReadOnlyDictionary<string, bool> _tests;

    /// <summary>Before the first command.</summary>
    /// <param name="call">How the script is called.</param>
    /// <param name="tokens">All of the script.</param>
    internal ShellKnowledge(ScriptCall call, IReadOnlyList<ShellToken> tokens)
    {
        _values = new(StringComparer.Ordinal) { ["1"] = call.Argument, ["2"] = "", ["DPKG_ROOT"] = "" };
        _tests = call.Tests;
        var words = tokens.Where(token => token.Kind == ShellTokenKind.Word).ToList();
        var others = words.Where(word => word.IsLiteral).Select(word => word.Text).ToHashSet(StringComparer.Ordinal); // read x, for x in, local x, unset x
        _assignedOnce = words.Select(word => AssignedName(word.Text)).OfType<string>().GroupBy(name => name)
            .Where(same => same.Count() == 1 && !others.Contains(same.Key) && !_values.ContainsKey(same.Key)).Select(same => same.Key).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Takes one command into account that was read.</summary>
    /// <param name="words">Its words.</param>
    /// <param name="runs">Whether it runs.</param>
    /// <param name="inFunction">Whether it stands in a function, whose parameters are others.</param>
    internal void Learn(IReadOnlyList<ShellToken> words, Truth runs, bool inFunction)
    {
        if (runs == Truth.No)
        {
            return;
        }

        switch (words[0].Text)
        {
            case "eval":
            case "." or "source" when words.Count != 2 || !HarmlessSources.Contains(words[1].Text):
                _values.Clear();
                break;
            case "shift" when !inFunction:
            case "set" when !inFunction && words.Skip(1).Any(word => !word.IsLiteral || word.Text is not (['-' or '+', not '-', ..])):
                _values.Remove("1");
                _values.Remove("2");
                break;
            default:
                if (words.Count == 1 && AssignedName(words[0].Text) is { } name)
                {
                    Assign(name, words[0], runs == Truth.Yes && !inFunction);
                }

                break;
        }
    }

    /// <summary>Whether a command succeeds.</summary>
    /// <param name="words">Its words.</param>
    /// <param name="inFunction">As for <see cref="Learn"/>.</param>
    internal Truth Succeeds(IReadOnlyList<ShellToken> words, bool inFunction) => words[0].Text switch
    {
        ":" or "true" when words[0].IsLiteral => Truth.Yes,
        "false" when words[0].IsLiteral => Truth.No,
        "[" when words[^1].Text == "]" => Test([.. words.Skip(1).SkipLast(1)], inFunction),
        "test" => Test([.. words.Skip(1)], inFunction),
        "dpkg" or "/usr/bin/dpkg" when words.Count == 5 && words[1].Text == "--compare-versions" => Compare(words[2], words[3], inFunction),
        _ => Truth.Unknown,
    };

    /// <summary>A word's value; null where it is not known, and where it would vanish.</summary>
    internal string? ValueOf(ShellToken word, bool inFunction, bool mayVanish)
    {
        var value = word.IsLiteral ? word.Text : ValueOf(word.Text, inFunction);
        return value is "" && word.IsBare && !word.IsLiteral && mayVanish ? null : value;
    }

    private string? ValueOf(string expansion, bool inFunction)
    {
        if (expansion.IndexOf('$', StringComparison.Ordinal) is var at and > 0)
        {
            var before = expansion[..at]; // "x$2", by which old scripts ask for an empty parameter
            return before.All(char.IsAsciiLetterOrDigit) && ValueOf(expansion[at..], inFunction) is { } rest ? before + rest : null;
        }

        var name = expansion is ['$', '{', .., '}'] ? expansion[2..^1] : expansion is ['$', ..] ? expansion[1..] : "";
        var end = name.IndexOf(":-", StringComparison.Ordinal);
        var (plain, instead) = end < 0 ? (name, "") : (name[..end], name[(end + 2)..]);
        if (!IsName(plain) || (inFunction && char.IsAsciiDigit(plain[0])) || instead.Any(c => c is '$' or '`' or '"' or '\'' or '\\'))
        {
            return null;
        }

        return _values.TryGetValue(plain, out var value) ? value.Length == 0 ? instead : value : null;
    }

    private Truth Test(ShellToken[] words, bool inFunction)
    {
        foreach (var (connective, join) in new (string, Func<Truth, Truth, Truth>)[] { ("-o", TruthLogic.Or), ("-a", TruthLogic.And) })
        {
            var at = words.Index().FirstOrDefault(word => word.Item.IsLiteral && word.Item.Text == connective && word.Index > 0 && word.Index < words.Length - 1).Index;
            if (at > 0)
            {
                return join(Test(words[..at], inFunction), Test(words[(at + 1)..], inFunction));
            }
        }

        return words switch
        {
            [{ IsLiteral: true, Text: "!" }, _, ..] => Test(words[1..], inFunction).Not(),
            [var one] => ValueOf(one, inFunction, mayVanish: true) is { } value ? TruthLogic.Of(value.Length > 0) : Truth.Unknown,
            [{ IsLiteral: true, Text: "-n" }, var one] => ValueOf(one, inFunction, mayVanish: true) is { } value ? TruthLogic.Of(value.Length > 0) : Truth.Unknown,
            [{ IsLiteral: true, Text: "-z" }, var one] => ValueOf(one, inFunction, mayVanish: true) is { } value ? TruthLogic.Of(value.Length == 0) : Truth.Unknown,
            [{ IsLiteral: true, Text: "-d" or "-e" }, { IsLiteral: true, Text: "/run/systemd/system" }] => Truth.No, // nothing is started where scripts run
            [{ IsLiteral: true, Text: ['-', _] operation }, var path] => ValueOf(path, inFunction, mayVanish: true) is { } value && _tests.TryGetValue($"{operation} {value}", out var holds) ? TruthLogic.Of(holds) : Truth.Unknown,
            [var left, { IsLiteral: true, Text: "=" or "==" }, var right] => Same(left, right, inFunction),
            [var left, { IsLiteral: true, Text: "!=" }, var right] => Same(left, right, inFunction).Not(),
            _ => Truth.Unknown,
        };
    }

    private Truth Same(ShellToken left, ShellToken right, bool inFunction) =>
        ValueOf(left, inFunction, mayVanish: true) is { } a && ValueOf(right, inFunction, mayVanish: true) is { } b ? TruthLogic.Of(a == b) : Truth.Unknown;

    // No version at all comes before every version, unless the operator says otherwise.
    private Truth Compare(ShellToken left, ShellToken relation, bool inFunction) =>
        ValueOf(left, inFunction, mayVanish: true) is not { Length: 0 } || !relation.IsLiteral ? Truth.Unknown : relation.Text switch
        {
            "lt" or "le" or "ne" or "gt-nl" or "ge-nl" or "<" or "<<" or "<=" => Truth.Yes,
            "gt" or "ge" or "eq" or "lt-nl" or "le-nl" or ">" or ">>" or ">=" or "=" => Truth.No,
            _ => Truth.Unknown,
        };

    private void Assign(string name, ShellToken word, bool surely)
    {
        var text = word.Text[(name.Length + 1)..];
        if (surely && _assignedOnce.Contains(name) && (word.IsLiteral ? text : ValueOf(text, inFunction: false)) is { } value)
        {
            _values[name] = value;
        }
        else
        {
            _values.Remove(name);
        }
    }

    private static string? AssignedName(string text) => text.IndexOf('=', StringComparison.Ordinal) is var at and > 0 && IsName(text[..at]) ? text[..at] : null;

    private static bool IsName(string text) => text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
}
