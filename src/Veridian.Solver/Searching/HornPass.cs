using Veridian.Solver.Presolving;

namespace Veridian.Solver.Searching;

/// <summary>Takes the best version of every name and the first alternative of every row; if that holds, it is the only optimum (S-13).</summary>
internal sealed class HornPass(Problem problem)
{
    private readonly List<int> selection = [];
    private readonly bool[] installed = new bool[problem.Rows.VersionName.Length];

    /// <summary>The optimum, or null when the theorem does not apply.</summary>
    public List<int>? Run() => Start() && Close() && StandsTogether() ? selection : null;

    private bool Start()
    {
        foreach (var name in problem.ForcedNames)
        {
            Install(problem.Best(name));
        }

        foreach (var demand in problem.Demands)
        {
            if (!Satisfy(demand.Set, demand.Optional))
            {
                return false;
            }
        }

        return true;
    }

    private bool Close()
    {
        for (var i = 0; i < selection.Count; i++)
        {
            if (!SatisfyRows(selection[i]))
            {
                return false;
            }
        }

        return true;
    }

    private bool SatisfyRows(int version)
    {
        var rows = problem.Rows;
        foreach (var clause in rows.Depends(version))
        {
            if (!Satisfy(rows.SetOf(clause), false))
            {
                return false;
            }
        }

        if (!problem.Recommends(version))
        {
            return true;
        }

        foreach (var clause in rows.Recommends(version))
        {
            if (!Satisfy(rows.SetOf(clause), true))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Makes the row definite. A weak row that nothing can satisfy costs nothing (S-12).</summary>
    private bool Satisfy(int set, bool isWeak)
    {
        var first = problem.FirstViable(set);
        if (first >= 0 && installed[first] || problem.IsCertain(set))
        {
            return true;
        }

        if (first < 0)
        {
            return isWeak;
        }

        var best = problem.Best(problem.Rows.VersionName[first]);
        if (best != first && !Problem.IsIn(problem.Members(set), best))
        {
            return false;
        }

        Install(best);
        return true;
    }

    private void Install(int version)
    {
        if (!installed[version])
        {
            installed[version] = true;
            selection.Add(version);
        }
    }

    /// <summary>Only best versions were taken, so one version per name holds by itself; conflicts remain.</summary>
    private bool StandsTogether()
    {
        foreach (var version in selection)
        {
            var name = problem.Rows.VersionName[version];
            foreach (var clause in problem.Rows.Conflicts(version))
            {
                foreach (var other in problem.Rows.Members(problem.Rows.SetOf(clause)))
                {
                    if (installed[other] && problem.Rows.VersionName[other] != name)
                    {
                        return false;
                    }
                }
            }
        }

        return true;
    }
}
