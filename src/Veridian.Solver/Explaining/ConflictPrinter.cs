using System.Text;

namespace Veridian.Solver.Explaining;

/// <summary>Writes a conflict for people, as an indented tree.</summary>
public static class ConflictPrinter
{
    private const int MostVersions = 3;

    /// <summary>Lines separated by <c>\n</c>, without a last one.</summary>
    public static string Print(Conflict conflict)
    {
        var text = new StringBuilder();
        foreach (var root in conflict.Roots)
        {
            Append(text, root, 0);
        }

        return text.ToString().TrimEnd('\n');
    }

    /// <summary>One reason as a sentence without a full stop, such as <c>exim4-base 4.96-15 conflicts with postfix</c>.</summary>
    public static string Sentence(ConflictNode node) => node.Kind switch
    {
        ConflictKind.Requested => $"requested: {Alternatives(node)}{(node.Origin.Length > 0 ? $" ({node.Origin})" : "")}",
        ConflictKind.Needs or ConflictKind.ConflictsWith when node.EachItsOwn =>
            $"{Subject(node)} {(node.Kind == ConflictKind.Needs ? "needs" : "conflicts with")} {node.Alternatives[0]} .. {node.Alternatives[^1]}, each its own",
        ConflictKind.Needs => $"{Subject(node)} needs {Alternatives(node)}",
        ConflictKind.TooYoung => $"{Subject(node)} {(node.Versions.Count == 1 ? "is" : "are")} too young ({node.Origin})",
        ConflictKind.ConflictsWith => $"{Subject(node)} conflicts with {Alternatives(node)}{Providers(node)}",
        _ => node.Alternatives.Count > 0 ? $"{node.Subject} is held: {Alternatives(node)}{(node.Origin.Length > 0 ? $" ({node.Origin})" : "")}" : $"{node.Subject} is excluded by the request",
    };

    private static void Append(StringBuilder text, ConflictNode node, int depth)
    {
        if (depth > 0)
        {
            text.Append(' ', depth * 3).Append("└─ ");
        }

        text.Append(Sentence(node)).Append('\n');
        foreach (var reason in node.Because)
        {
            Append(text, reason, depth + 1);
        }
    }

    private static string Subject(ConflictNode node) => node.Versions.Count switch
    {
        0 => $"{node.Subject} (any version)",
        <= MostVersions => $"{node.Subject} {string.Join(", ", node.Versions)}",
        _ => $"{node.Subject} {node.Versions[^1]} .. {node.Versions[0]}",
    };

    private static string Providers(ConflictNode node) => node.Providers.Count switch
    {
        0 => "",
        1 => $", which {node.Providers[0]} provides",
        <= MostVersions => $", which {string.Join(" and ", node.Providers)} provide",
        var many => $", which {node.Providers[0]} and {many - 1} others provide",
    };

    private static string Alternatives(ConflictNode node)
    {
        var text = string.Join(" or ", node.Alternatives);
        return node.Matches == 0 && node.Kind != ConflictKind.Forbidden ? text + " (nothing in the index)" : text;
    }
}
