using Veridian.Solver.Presolving;

namespace Veridian.Solver.Checking;

/// <summary>Counts what a selection costs on each level (S-9 to S-12).</summary>
internal sealed class SelectionCost
{
    private readonly Problem problem;
    private readonly bool[] installed;
    private readonly byte[] counted;
    private int lockDistance;
    private int requestedLag;
    private int otherLag;
    private int recommendsMissing;
    private int secondChoices;
    private int optionalMissing;

    private SelectionCost(Problem problem, List<int> selection)
    {
        this.problem = problem;
        installed = new bool[problem.Rows.VersionName.Length];
        counted = new byte[problem.SetCount];
        foreach (var version in selection)
        {
            installed[version] = true;
        }
    }

    public static ObjectiveVector Of(Problem problem, List<int> selection)
    {
        var cost = new SelectionCost(problem, selection);
        foreach (var demand in problem.Demands)
        {
            cost.CountDemand(demand);
        }

        foreach (var version in selection)
        {
            cost.CountLag(version);
            cost.CountRows(version);
        }

        return new ObjectiveVector(
            cost.optionalMissing, cost.lockDistance, cost.requestedLag, cost.otherLag, cost.recommendsMissing, cost.secondChoices, selection.Count);
    }

    private void CountDemand(Demand demand)
    {
        CountSet(demand.Set);
        if (demand.Optional && IsMissing(demand.Set))
        {
            optionalMissing++;
        }
    }

    private void CountLag(int version)
    {
        var name = problem.Rows.VersionName[version];
        if (problem.Best(name) == version)
        {
            return;
        }

        var lag = Array.IndexOf(problem.Preference(name), version);
        if (problem.LockedVersion(name) >= 0)
        {
            lockDistance += lag;
        }
        else if (problem.IsRequested(name))
        {
            requestedLag += lag;
        }
        else
        {
            otherLag += lag;
        }
    }

    private void CountRows(int version)
    {
        foreach (var clause in problem.Rows.Depends(version))
        {
            CountSet(problem.Rows.SetOf(clause));
        }

        if (!problem.Recommends(version))
        {
            return;
        }

        foreach (var clause in problem.Rows.Recommends(version))
        {
            var set = problem.Rows.SetOf(clause);
            CountSet(set);
            if ((counted[set] & 2) == 0 && IsMissing(set))
            {
                recommendsMissing++;
            }

            counted[set] |= 2;
        }
    }

    /// <summary>S-11: satisfied, but not by the name that stands first.</summary>
    private void CountSet(int set)
    {
        if ((counted[set] & 1) != 0)
        {
            return;
        }

        counted[set] |= 1;
        var first = problem.FirstViable(set);
        if (first < 0 || installed[first] || problem.IsCertain(set))
        {
            return;
        }

        var (bySecond, name) = (false, problem.Rows.VersionName[first]);
        foreach (var member in problem.Members(set))
        {
            if (installed[member] && problem.Rows.VersionName[member] == name)
            {
                return;
            }

            bySecond |= installed[member];
        }

        secondChoices += bySecond ? 1 : 0;
    }

    private bool IsMissing(int set)
    {
        foreach (var member in problem.Members(set))
        {
            if (installed[member])
            {
                return false;
            }
        }

        return problem.FirstViable(set) >= 0 && !problem.IsCertain(set);
    }
}
