namespace Veridian.Cli.Printing;

/// <summary>Draws trees with <c>├─ └─</c>.</summary>
internal static class TreeText
{
    /// <summary>The lines below a root, depth first. A node that was drawn before is marked and not opened again.</summary>
    /// <param name="roots">What stands at the first level.</param>
    /// <param name="label">The text of a node.</param>
    /// <param name="children">What hangs below a node.</param>
    /// <param name="depth">The deepest level drawn.</param>
    public static IEnumerable<string> Lines<T>(IReadOnlyList<T> roots, Func<T, string> label, Func<T, IReadOnlyList<T>> children, int depth)
        where T : notnull => Level(roots, label, children, depth, "", []);

    private static IEnumerable<string> Level<T>(
        IReadOnlyList<T> nodes, Func<T, string> label, Func<T, IReadOnlyList<T>> children, int depth, string indent, HashSet<T> drawn)
        where T : notnull
    {
        for (var i = 0; i < nodes.Count; i++)
        {
            var last = i == nodes.Count - 1;
            var below = children(nodes[i]);
            var again = !drawn.Add(nodes[i]) && below.Count > 0;
            yield return $"{indent}{(last ? "└─" : "├─")} {label(nodes[i])}{(again ? " (above)" : "")}";
            if (again || depth <= 1)
            {
                continue;
            }

            foreach (var line in Level(below, label, children, depth - 1, indent + (last ? "   " : "│  "), drawn))
            {
                yield return line;
            }
        }
    }
}
