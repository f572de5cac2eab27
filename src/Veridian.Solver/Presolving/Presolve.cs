namespace Veridian.Solver.Presolving;

/// <summary>Finds what every selection must install and what none can (S-4 to S-6), up to the only fixpoint of the rules.</summary>
/// <remarks>The rules are part of the specification: S-11 counts against the spine they find. All are monotone, so their order does not matter.</remarks>
internal sealed class Presolve(Problem problem)
{
    private readonly List<int> conflicts = [];
    private readonly CommonNeeds commonNeeds = new(problem);

    /// <summary>False when there is no selection.</summary>
    public bool Run()
    {
        int before;
        do
        {
            before = problem.Bans;
            if (!Pass())
            {
                return false;
            }
        }
        while (problem.Bans != before);
        return true;
    }

    private bool Pass()
    {
        foreach (var demand in problem.Demands)
        {
            if (!demand.Optional && !Require(demand.Set))
            {
                return false;
            }
        }

        // Names forced on the way are appended and visited in the same pass.
        for (var i = 0; i < problem.ForcedNames.Count; i++)
        {
            if (!Visit(problem.ForcedNames[i]))
            {
                return false;
            }
        }

        return true;
    }

    private bool Visit(int name)
    {
        var only = problem.Only(name);
        if (only < 0)
        {
            return only == -2 && commonNeeds.Visit(name);
        }

        if (problem.MarkCertain(name) && !BanConflicts(only))
        {
            return false;
        }

        foreach (var clause in problem.Rows.Depends(only))
        {
            if (!Require(problem.Rows.SetOf(clause)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>False when a forced name loses its last version: the rest of the pass would find nothing but that.</summary>
    private bool BanConflicts(int version)
    {
        conflicts.Clear();
        problem.AddConflicts(version, conflicts);
        foreach (var other in conflicts)
        {
            problem.Ban(other);
            var name = problem.Rows.VersionName[other];
            if (problem.IsForced(name) && problem.Only(name) == Problem.NoName)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>S-5: a set of which only one name is still possible forces that name and cuts it to the set.</summary>
    private bool Require(int set)
    {
        var name = problem.OnlyName(set);
        if (name >= 0)
        {
            problem.Force(name);
            problem.CutTo(name, problem.Members(set));
        }

        return name != Problem.NoName;
    }
}
