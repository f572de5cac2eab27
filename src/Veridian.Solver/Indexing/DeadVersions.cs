using Veridian.Core.Packages;

namespace Veridian.Solver.Indexing;

/// <summary>Finds the versions that nothing can ever install: a row of theirs has no member that is not dead itself (S-4).</summary>
/// <remarks>
/// Every set watches one living member. Only when that dies is another one looked for, so that the whole takes time proportional to
/// the rows, however long the chains of what dies with what are.
/// </remarks>
internal sealed class DeadVersions(VersionRanking ranking, int[] clauseSet, ListTable<int> sets)
{
    private const int None = -1;
    private readonly bool[] dead = new bool[ranking.Count];
    private readonly int[] watched = new int[sets.Count]; // the place of the living member in its set
    private readonly int[] firstWatcher = new int[ranking.Count];
    private readonly int[] nextWatcher = new int[sets.Count];
    private readonly List<int> deadSets = [];

    public bool[] Find()
    {
        Array.Fill(firstWatcher, None);
        for (var set = 0; set < watched.Length; set++)
        {
            Watch(set);
        }

        var (start, owner) = deadSets.Count > 0 ? Owners() : ([], []);
        for (var next = 0; next < deadSets.Count; next++)
        {
            for (var i = start[deadSets[next]]; i < start[deadSets[next] + 1]; i++)
            {
                Bury(owner[i]);
            }
        }

        return dead;
    }

    private void Bury(int version)
    {
        if (!dead[version])
        {
            dead[version] = true;
            for (var set = firstWatcher[version]; set != None;)
            {
                var next = nextWatcher[set];
                Watch(set);
                set = next;
            }
        }
    }

    private void Watch(int set)
    {
        var members = sets[set];
        ref var at = ref watched[set];
        while (at < members.Length && dead[members[at]])
        {
            at++;
        }

        if (at == members.Length)
        {
            deadSets.Add(set);
        }
        else
        {
            nextWatcher[set] = firstWatcher[members[at]];
            firstWatcher[members[at]] = set;
        }
    }

    /// <summary>For each set the versions that have it as a row.</summary>
    private (int[] Start, int[] Owner) Owners()
    {
        var start = new int[sets.Count + 1];
        for (var version = 0; version < dead.Length; version++)
        {
            foreach (var clause in ranking.List(ranking[version].Depends))
            {
                start[clauseSet[clause]]++;
            }
        }

        var sum = 0;
        for (var set = 0; set < start.Length; set++)
        {
            sum += start[set];
            start[set] = sum;
        }

        var owner = new int[sum];
        for (var version = 0; version < dead.Length; version++)
        {
            foreach (var clause in ranking.List(ranking[version].Depends))
            {
                owner[--start[clauseSet[clause]]] = version;
            }
        }

        return (start, owner);
    }
}
