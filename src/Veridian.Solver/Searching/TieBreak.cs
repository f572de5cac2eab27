using Veridian.Solver.Z3;

namespace Veridian.Solver.Searching;

/// <summary>Among selections of the same cost, finds the canonical one (S-16): the first version in index order that only one of two has decides for it.</summary>
internal sealed class TieBreak(Questions questions, ClauseLog clauses, Softs softs, SearchSpace space)
{
    private readonly List<int> firsts = [];
    private int[] prefix = [];
    private int stated;

    /// <summary>Starts from the model of the last check. False when the limits ran out before the canonical one was found.</summary>
    public bool Run()
    {
        var best = space.Selection(questions);
        Begin(best);
        while (true)
        {
            var assumptions = softs.Assumptions();
            assumptions.Add(StateBetterThan(best));
            switch (questions.Ask(assumptions))
            {
                case Verdict.Possible:
                    best = space.Selection(questions);
                    Begin(best);
                    continue;
                case Verdict.Unknown:
                    return false;
            }

            var placeholders = questions.Cores.SelectMany(core => core).Where(softs.IsPlaceholder).Distinct().ToList();
            if (placeholders.Count == 0)
            {
                return true;
            }

            placeholders.ForEach(space.Expand);
        }
    }

    /// <summary>
    /// A variable that is only true of selections that have some version more, and before it everything the best one has.
    /// That version may not be spelled out yet: then a placeholder is true, because an optimum has nothing that nothing asks for.
    /// </summary>
    private int StateBetterThan(List<int> best)
    {
        var better = clauses.NewVariable();
        for (; stated < space.Versions.Count; stated++)
        {
            var version = space.Versions[stated];
            var place = best.BinarySearch(version);
            if (place >= 0 || ~place == best.Count)
            {
                continue;
            }

            var here = clauses.NewVariable();
            clauses.Add(-here, space.Variable(version));
            if (~place > 0)
            {
                clauses.Add(-here, prefix[~place - 1]);
            }

            firsts.Add(here);
        }

        List<int> clause = [.. softs.Assumptions().ConvertAll(Math.Abs), -better, .. firsts];

        clauses.Add(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(clause));
        return better;
    }

    private void Begin(List<int> best)
    {
        (prefix, stated) = (new int[best.Count], 0);
        firsts.Clear();
        for (var i = 0; i < prefix.Length; i++)
        {
            prefix[i] = clauses.NewVariable();
            clauses.Add(-prefix[i], space.Variable(best[i]));
            if (i > 0)
            {
                clauses.Add(-prefix[i], prefix[i - 1]);
            }
        }
    }
}
