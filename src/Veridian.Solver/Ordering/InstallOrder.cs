using Veridian.Solver.Presolving;

namespace Veridian.Solver.Ordering;

/// <summary>Puts what a package depends on before it (S-15). Packages that depend on each other in a circle stand together, by name.</summary>
/// <remarks>
/// Tarjan's strongly connected components on arrays: dependency chains can be longer than a thread's stack is deep, and
/// generic collections of our own structs would be compiled anew in every process.
/// </remarks>
internal sealed class InstallOrder
{
    private readonly Problem problem;
    private readonly List<int> versions;
    private readonly int[] nodeOf;
    private readonly int[] edgeStart;
    private readonly List<int> edges = [];
    private readonly int[] depth;
    private readonly int[] low;
    private readonly bool[] open;
    private readonly int[] circle;
    private readonly int[] path;
    private readonly int[] nextEdge;
    private readonly List<int> order;
    private int circleSize;
    private int pathLength;
    private int visited;

    private InstallOrder(Problem problem, List<int> selection)
    {
        this.problem = problem;
        var count = selection.Count;
        versions = new List<int>(selection);
        versions.Sort();
        nodeOf = new int[problem.Rows.VersionName.Length];
        edgeStart = new int[count + 1];
        (depth, low, open) = (new int[count], new int[count], new bool[count]);
        (circle, path, nextEdge) = (new int[count], new int[count], new int[count]);
        order = new List<int>(count);
    }

    public static List<int> Of(Problem problem, List<int> selection)
    {
        var ordering = new InstallOrder(problem, selection);
        ordering.AddEdges();
        for (var node = 0; node < selection.Count; node++)
        {
            if (ordering.depth[node] == 0)
            {
                ordering.Walk(node);
            }
        }

        return ordering.order;
    }

    private void AddEdges()
    {
        for (var node = 0; node < versions.Count; node++)
        {
            // One more than the node: 0 is "not selected".
            nodeOf[versions[node]] = node + 1;
        }

        for (var node = 0; node < versions.Count; node++)
        {
            foreach (var clause in problem.Rows.Depends(versions[node]))
            {
                AddFirstInstalled(problem.Rows.Members(problem.Rows.SetOf(clause)));
            }

            edgeStart[node + 1] = edges.Count;
        }
    }

    private void AddFirstInstalled(ReadOnlySpan<int> members)
    {
        foreach (var member in members)
        {
            if (nodeOf[member] != 0)
            {
                edges.Add(nodeOf[member] - 1);
                return;
            }
        }
    }

    private void Walk(int root)
    {
        Enter(root);
        while (pathLength > 0)
        {
            var node = path[pathLength - 1];
            if (nextEdge[node] < edgeStart[node + 1])
            {
                Follow(node, edges[nextEdge[node]++]);
            }
            else
            {
                Leave(node);
            }
        }
    }

    private void Enter(int node)
    {
        depth[node] = low[node] = ++visited;
        nextEdge[node] = edgeStart[node];
        open[node] = true;
        circle[circleSize++] = node;
        path[pathLength++] = node;
    }

    private void Follow(int from, int to)
    {
        if (depth[to] == 0)
        {
            Enter(to);
        }
        else if (open[to] && depth[to] < low[from])
        {
            low[from] = depth[to];
        }
    }

    private void Leave(int node)
    {
        pathLength--;
        if (pathLength > 0 && low[node] < low[path[pathLength - 1]])
        {
            low[path[pathLength - 1]] = low[node];
        }

        if (low[node] != depth[node])
        {
            return;
        }

        var start = order.Count;
        int member;
        do
        {
            member = circle[--circleSize];
            open[member] = false;
            order.Add(versions[member]);
        }
        while (member != node);
        if (order.Count - start > 1)
        {
            order.Sort(start, order.Count - start, null);
        }
    }
}
