using Veridian.Solver.Z3;

namespace Veridian.Solver.Searching;

/// <summary>Among selections of the same cost, finds the canonical one (S-16): the first version in index order that only one of two has decides for it.</summary>
internal sealed class TieBreak(Z3Session z3, ClauseLog clauses, Softs softs, SearchSpace space)
{
    /// <summary>Starts from the model of the last check. False when the limits ran out before the canonical one was found.</summary>
    public bool Run()
    {
        var best = space.Selection(z3);
        while (true)
        {
            var assumptions = softs.Assumptions();
            assumptions.Add(StateBetterThan(best));
            switch (z3.Check(assumptions))
            {
                case Verdict.Possible:
                    best = space.Selection(z3);
                    continue;
                case Verdict.Unknown:
                    return false;
            }

            var placeholders = z3.Core.ConvertAll(Math.Abs).FindAll(softs.IsPlaceholder);
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
        var prefix = StatePrefixes(best);
        var clause = softs.Assumptions().ConvertAll(Math.Abs);
        clause.Add(-better);
        foreach (var version in space.Versions)
        {
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

            clause.Add(here);
        }

        clauses.Add(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(clause));
        return better;
    }

    private int[] StatePrefixes(List<int> best)
    {
        var prefix = new int[best.Count];
        for (var i = 0; i < prefix.Length; i++)
        {
            prefix[i] = clauses.NewVariable();
            clauses.Add(-prefix[i], space.Variable(best[i]));
            if (i > 0)
            {
                clauses.Add(-prefix[i], prefix[i - 1]);
            }
        }

        return prefix;
    }
}
