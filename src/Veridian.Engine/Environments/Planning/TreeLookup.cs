using Veridian.Store.Trees;

namespace Veridian.Engine.Environments.Planning;

/// <summary>Follows links inside a planned tree, as the kernel will once the tree is the root.</summary>
internal sealed class TreeLookup(PlannedDirectory root)
{
    private const int MaxLinks = 40;

    /// <summary>Whether a path names something in the end.</summary>
    public bool Exists(string path) => Trace(path) is not null;

    /// <summary>The links on the way to what a path names, and the file itself if it is one; null if it names nothing.</summary>
    public IReadOnlyList<PlannedFile>? Trace(string path)
    {
        var passed = new List<PlannedFile>();
        var stack = new Stack<PlannedDirectory>([root]);
        var names = new Stack<string>(path.Split('/').Reverse());
        while (names.TryPop(out var name))
        {
            var at = stack.Peek();
            if (name is "" or ".")
            {
                continue;
            }

            if (name == "..")
            {
                if (stack.Count > 1)
                {
                    stack.Pop();
                }

                continue;
            }

            if (at.Directories.TryGetValue(name, out var directory))
            {
                stack.Push(directory);
                continue;
            }

            if (!at.Files.TryGetValue(name, out var file))
            {
                return null;
            }

            passed.Add(file);
            if (file.Entry.Kind != TreeEntryKind.SymbolicLink)
            {
                return names.Count == 0 ? passed : null;
            }

            if (passed.Count > MaxLinks)
            {
                return null;
            }

            var target = file.Entry.Target;
            if (target.StartsWith('/'))
            {
                stack = new Stack<PlannedDirectory>([root]);
                target = TreePath.Merge(target.TrimStart('/'));
            }

            foreach (var part in target.Split('/').Reverse())
            {
                names.Push(part);
            }
        }

        return passed;
    }
}
