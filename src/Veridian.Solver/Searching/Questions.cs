using Veridian.Solver.Z3;

namespace Veridian.Solver.Searching;

/// <summary>Asks whether the clauses can hold together with some assumptions, of as little as can be: propagation first, then a guess, then Z3 about what is left.</summary>
/// <remarks>
/// Z3 is told only clauses that were once in a <see cref="Cone"/>, and assumes only what made them short. What it finds impossible is impossible, because
/// it knows fewer clauses than there are; what it finds possible is, because everything outside the cone holds when it is false.
/// </remarks>
internal sealed class Questions(ClauseLog clauses, UnitPropagation propagation, SolveLimits limits, bool whole, CancellationToken cancellationToken) : IDisposable
{
    /// <summary>The most contradictions that are gathered from one question.</summary>
    private const int MostCores = 16;

    private readonly Cone cone = new(clauses, propagation);
    private readonly Guess guess = new(clauses, propagation);
    private readonly List<bool> told = [];
    private Z3Session? z3;
    private int asked;
    private bool[] truth = [];

    /// <summary>After an impossible question: sets of assumptions that cannot hold together, each a reason of its own.</summary>
    public List<List<int>> Cores { get; } = [];

    private Z3Session Z3 => z3 ??= new Z3Session(limits, cancellationToken);

    /// <summary>The variable's value in the answer to the last possible question; false where it was unknown then.</summary>
    public bool IsTrue(int variable) => variable < truth.Length && truth[variable];

    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public Verdict Ask(List<int> assumptions)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Cores.Clear();
        if (limits.Deadline.IsCancellationRequested || asked++ >= limits.Questions)
        {
            return Verdict.Unknown;
        }

        if (whole)
        {
            return AskAll(assumptions);
        }

        if (propagation.Assume(assumptions) is { } core)
        {
            Cores.Add(core);
            return Verdict.Impossible;
        }

        var verdict = AskParts(cone.Parts());
        propagation.Release();
        return verdict;
    }

    public void Dispose() => z3?.Dispose();

    private Verdict AskParts(List<List<int>> parts)
    {
        if (guess.Fits(parts))
        {
            Keep(variable => propagation.Value(variable) > 0);
            return Verdict.Possible;
        }

        var shortened = parts.ConvertAll(TellPart);
        var verdict = Verdict.Possible;
        while (shortened.Count > 0 && Cores.Count < MostCores)
        {
            verdict = Z3.Check([.. shortened.SelectMany(literals => literals).Distinct()]);
            if (verdict != Verdict.Impossible)
            {
                break;
            }

            var core = Z3.Core.ConvertAll(literal => -literal).ToHashSet();
            Cores.Add(propagation.AssumptionsBehind(core));
            shortened.RemoveAll(literals => core.Count == 0 || literals.Exists(literal => core.Contains(-literal)));
        }

        if (Cores.Count > 0)
        {
            return Verdict.Impossible;
        }

        if (verdict == Verdict.Possible)
        {
            Keep(variable => propagation.Value(variable) > 0 || cone.IsReached(variable) && Z3.IsTrue(variable));
        }

        return verdict;
    }

    /// <summary>Tells Z3 the clauses of a part.</summary>
    /// <returns>What must be assumed with them: the negatives of the literals that propagation made false.</returns>
    private List<int> TellPart(List<int> part)
    {
        AddVariables();
        var literals = new List<int>();
        foreach (var clause in part)
        {
            while (told.Count <= clause)
            {
                told.Add(false);
            }

            if (!told[clause])
            {
                told[clause] = true;
                Z3.AddClause(clauses[clause]);
            }

            foreach (var literal in clauses[clause])
            {
                if (propagation.Value(literal) < 0)
                {
                    literals.Add(-literal);
                }
            }
        }

        return literals;
    }

    private Verdict AskAll(List<int> assumptions)
    {
        AddVariables();
        for (; told.Count < clauses.Count; told.Add(true))
        {
            Z3.AddClause(clauses[told.Count]);
        }

        var verdict = Z3.Check(assumptions);
        if (verdict == Verdict.Impossible)
        {
            Cores.Add(Z3.Core.ConvertAll(Math.Abs));
        }
        else if (verdict == Verdict.Possible)
        {
            Keep(Z3.IsTrue);
        }

        return verdict;
    }

    private void AddVariables()
    {
        while (Z3.VariableCount < clauses.VariableCount)
        {
            Z3.NewVariable();
        }
    }

    private void Keep(Func<int, bool> isTrue)
    {
        truth = new bool[clauses.VariableCount + 1];
        for (var variable = 1; variable < truth.Length; variable++)
        {
            truth[variable] = isTrue(variable);
        }
    }
}
