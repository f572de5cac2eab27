namespace Veridian.Solver.Searching;

/// <summary>Tries to make what is left true by taking the first alternative that propagation allows, without ever taking one back. Where that works, Z3 need not be started.</summary>
/// <remarks>Says yes or nothing: what cannot be guessed may still be possible.</remarks>
internal sealed class Guess(ClauseLog clauses, UnitPropagation propagation)
{
    /// <summary>Whether all clauses hold now, those literals that are still open being false. If not, nothing more is assumed than before.</summary>
    public bool Fits(List<List<int>> parts)
    {
        var before = propagation.Assigned;
        int known;
        do
        {
            known = propagation.Assigned;
            foreach (var part in parts)
            {
                foreach (var clause in part)
                {
                    if (!Holds(clause) && !Take(clause))
                    {
                        propagation.Undo(before);
                        return false;
                    }
                }
            }
        }
        while (propagation.Assigned > known);
        return true;
    }

    private bool Holds(int clause)
    {
        foreach (var literal in clauses[clause])
        {
            if (propagation.Value(literal) is var value && (value > 0 || value == 0 && literal < 0))
            {
                return true;
            }
        }

        return false;
    }

    private bool Take(int clause)
    {
        foreach (var literal in clauses[clause])
        {
            if (propagation.Value(literal) == 0 && propagation.TryAssume(literal))
            {
                return true;
            }
        }

        return false;
    }
}
