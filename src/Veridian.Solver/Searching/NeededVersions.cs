using Veridian.Solver.Presolving;

namespace Veridian.Solver.Searching;

/// <summary>What of a selection its requirements need: a model that was found on the way may hold more.</summary>
internal static class NeededVersions
{
    /// <summary>The versions reached from the requirements by rows, through the first member of each that is selected.</summary>
    public static List<int> Of(Problem problem, List<int> selection)
    {
        var (selected, needed) = (selection.ToHashSet(), new HashSet<int>());
        var reached = new Queue<int>();
        void Follow(int set)
        {
            foreach (var member in problem.Members(set))
            {
                if (selected.Contains(member))
                {
                    if (needed.Add(member))
                    {
                        reached.Enqueue(member);
                    }

                    return;
                }
            }
        }

        problem.Demands.ForEach(demand => Follow(demand.Set));
        while (reached.TryDequeue(out var version))
        {
            foreach (var clause in problem.Rows.Depends(version))
            {
                Follow(problem.Rows.SetOf(clause));
            }

            foreach (var clause in problem.Recommends(version) ? problem.Rows.Recommends(version) : [])
            {
                Follow(problem.Rows.SetOf(clause));
            }
        }

        return selection.FindAll(needed.Contains);
    }
}
