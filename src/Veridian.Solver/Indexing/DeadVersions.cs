namespace Veridian.Solver.Indexing;

/// <summary>Finds the versions that nothing can ever install: a row of theirs has no member that is not dead itself (C-12).</summary>
internal sealed class DeadVersions(VersionRanking ranking, int[] clauseSet, ListInterner sets)
{
    private readonly bool[] dead = new bool[ranking.Versions.Length];

    public bool[] Find()
    {
        while (Pass())
        {
        }

        return dead;
    }

    private bool Pass()
    {
        var setDead = new bool[sets.Count];
        for (var set = 0; set < setDead.Length; set++)
        {
            setDead[set] = !HasLiving(sets[set]);
        }

        var found = false;
        for (var version = 0; version < dead.Length; version++)
        {
            if (!dead[version] && Array.Exists(ranking.Versions[version].Depends, clause => setDead[clauseSet[clause]]))
            {
                dead[version] = found = true;
            }
        }

        return found;
    }

    private bool HasLiving(ReadOnlySpan<int> members)
    {
        foreach (var member in members)
        {
            if (!dead[member])
            {
                return true;
            }
        }

        return false;
    }
}
