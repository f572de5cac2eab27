namespace Veridian.Solver.Presolving;

/// <summary>What all versions of a forced name need that are still possible, every selection needs (S-5).</summary>
internal sealed class CommonNeeds(Problem problem)
{
    private readonly List<int> candidates = [];
    private readonly List<int> union = [];
    private readonly List<int> needed = [];

    /// <summary>False when no version of the name remains.</summary>
    public bool Visit(int name)
    {
        var first = BanHopeless(name);
        if (first < 0)
        {
            return false;
        }

        candidates.Clear();
        foreach (var clause in problem.Rows.Depends(first))
        {
            if (problem.OnlyName(problem.Rows.SetOf(clause)) is var need and >= 0 && need != name && !candidates.Contains(need))
            {
                candidates.Add(need);
            }
        }

        foreach (var candidate in candidates)
        {
            if (NeededByAll(name, candidate))
            {
                problem.Force(candidate);
                problem.CutTo(candidate, [.. union]);
            }
        }

        return true;
    }

    /// <summary>Bans versions with a row that nothing satisfies any more; returns the first that stays.</summary>
    private int BanHopeless(int name)
    {
        var first = -1;
        for (var version = problem.Rows.FirstVersion(name); version < problem.Rows.EndVersion(name); version++)
        {
            if (!problem.IsViable(version))
            {
                continue;
            }

            if (IsHopeless(version))
            {
                problem.Ban(version);
            }
            else if (first < 0)
            {
                first = version;
            }
        }

        return first;
    }

    private bool IsHopeless(int version)
    {
        foreach (var clause in problem.Rows.Depends(version))
        {
            if (problem.OnlyName(problem.Rows.SetOf(clause)) == Problem.NoName)
            {
                return true;
            }
        }

        return false;
    }

    private bool NeededByAll(int name, int candidate)
    {
        union.Clear();
        for (var version = problem.Rows.FirstVersion(name); version < problem.Rows.EndVersion(name); version++)
        {
            if (problem.IsViable(version) && !AddNeeded(version, candidate))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Adds the versions of the candidate that all of this version's rows allow; false when no row needs it.</summary>
    private bool AddNeeded(int version, int candidate)
    {
        var found = false;
        needed.Clear();
        foreach (var clause in problem.Rows.Depends(version))
        {
            var set = problem.Rows.SetOf(clause);
            if (problem.OnlyName(set) == candidate)
            {
                Narrow(problem.Members(set), found);
                found = true;
            }
        }

        union.AddRange(needed);
        return found;
    }

    private void Narrow(ReadOnlySpan<int> members, bool further)
    {
        if (further)
        {
            for (var i = needed.Count - 1; i >= 0; i--)
            {
                if (!members.Contains(needed[i]))
                {
                    needed.RemoveAt(i);
                }
            }

            return;
        }

        foreach (var member in members)
        {
            if (problem.IsViable(member))
            {
                needed.Add(member);
            }
        }
    }
}
