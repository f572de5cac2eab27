using Veridian.Solver.Presolving;

namespace Veridian.Solver.Ordering;

/// <summary>Puts what a package depends on before it (S-15). Packages that depend on each other in a circle stand together, by name.</summary>
/// <remarks>Tarjan's strongly connected components with a stack of its own: dependency chains can be longer than a thread's stack is deep.</remarks>
internal sealed class InstallOrder
{
    private const int Unvisited = -1;

    private readonly Problem problem;
    private readonly Dictionary<int, int> placeOf = [];
    private readonly int[] versions;
    private readonly int[][] needs;
    private readonly int[] depth;
    private readonly int[] low;
    private readonly bool[] onStack;
    private readonly Stack<int> stack = new();
    private readonly Stack<(int Node, int Edge)> calls = new();
    private readonly List<int> order;
    private int visited;

    private InstallOrder(Problem problem, List<int> selection)
    {
        this.problem = problem;
        versions = [.. selection];
        Array.Sort(versions);
        for (var i = 0; i < versions.Length; i++)
        {
            placeOf[versions[i]] = i;
        }

        needs = new int[versions.Length][];
        depth = new int[versions.Length];
        low = new int[versions.Length];
        onStack = new bool[versions.Length];
        order = new List<int>(versions.Length);
        Array.Fill(depth, Unvisited);
    }

    public static List<int> Of(Problem problem, List<int> selection)
    {
        var ordering = new InstallOrder(problem, selection);
        for (var node = 0; node < ordering.versions.Length; node++)
        {
            ordering.needs[node] = ordering.Needs(ordering.versions[node]);
        }

        for (var node = 0; node < ordering.versions.Length; node++)
        {
            if (ordering.depth[node] == Unvisited)
            {
                ordering.Walk(node);
            }
        }

        return ordering.order;
    }

    /// <summary>The first installed alternative of each row.</summary>
    private int[] Needs(int version)
    {
        var found = new List<int>();
        foreach (var clause in problem.Rows.Depends(version))
        {
            foreach (var member in problem.Rows.Members(problem.Rows.SetOf(clause)))
            {
                if (placeOf.TryGetValue(member, out var place))
                {
                    found.Add(place);
                    break;
                }
            }
        }

        found.Sort();
        return [.. found];
    }

    private void Walk(int root)
    {
        Enter(root);
        while (calls.TryPop(out var call))
        {
            if (call.Edge < needs[call.Node].Length)
            {
                calls.Push((call.Node, call.Edge + 1));
                Follow(call.Node, needs[call.Node][call.Edge]);
            }
            else
            {
                Leave(call.Node);
            }
        }
    }

    private void Enter(int node)
    {
        depth[node] = low[node] = visited++;
        onStack[node] = true;
        stack.Push(node);
        calls.Push((node, 0));
    }

    private void Follow(int from, int to)
    {
        if (depth[to] == Unvisited)
        {
            Enter(to);
        }
        else if (onStack[to])
        {
            low[from] = Math.Min(low[from], depth[to]);
        }
    }

    private void Leave(int node)
    {
        if (calls.TryPeek(out var parent))
        {
            low[parent.Node] = Math.Min(low[parent.Node], low[node]);
        }

        if (low[node] != depth[node])
        {
            return;
        }

        var circleStart = order.Count;
        int member;
        do
        {
            member = stack.Pop();
            onStack[member] = false;
            order.Add(versions[member]);
        }
        while (member != node);
        order.Sort(circleStart, order.Count - circleStart, null);
    }
}
