using System.Runtime.InteropServices;
using Veridian.Solver.Presolving;
using Veridian.Solver.Z3;

namespace Veridian.Solver.Searching;

/// <summary>Finds the optimum level by level from below: each unsatisfiable core either asks for more to be spelled out, or is a cost that cannot be avoided.</summary>
/// <remarks>
/// OLL (Andres and others, 2012) over a lazily spelled-out space. Assuming something absent only ever restricts, so a satisfiable
/// answer is a selection; a core without placeholders holds in the full space too, so what it costs is a true lower bound.
/// </remarks>
internal sealed class CoreGuidedSearch : IDisposable
{
    private readonly Questions questions;
    private readonly ClauseLog clauses;
    private readonly Softs softs;
    private readonly SearchSpace space;
    private readonly UnitPropagation propagation;
    private readonly OptionalGrowth growth;
    private readonly Dictionary<int, (Totalizer Count, int Output)> counters = [];
    private readonly SolveLimits limits;
    private bool hasModel;
    private bool hasSelection;
    private int paid;

    public CoreGuidedSearch(Problem problem, CancellationToken cancellationToken)
    {
        limits = problem.Request.Limits;
        clauses = new ClauseLog();
        propagation = new UnitPropagation(clauses);
        questions = new Questions(clauses, propagation, limits, problem.Request.ForceZ3, cancellationToken);
        softs = new Softs(clauses);
        space = new SearchSpace(problem, clauses, softs);
        growth = new OptionalGrowth(softs, propagation, questions);
    }

    /// <summary>The canonical optimum, or as near to it as the limits allow.</summary>
    public SearchOutcome Run()
    {
        space.Start();
        for (var level = Level.Feasible; level < Level.Count; level++)
        {
            softs.Enter(level);
            paid = 0;
            switch (Minimise())
            {
                case Verdict.Impossible:
                    return SearchOutcome.Decided(null);
                case Verdict.Unknown:
                    return Unfinished(level);
            }
        }

        softs.Enter(Level.Count);
        return new TieBreak(questions, clauses, softs, space).Run() ? SearchOutcome.Decided(space.Selection(questions)) : Unfinished(Level.Count);
    }

    /// <summary>Whether there is any selection, as far as the limits allow to tell.</summary>
    public bool IsPossible()
    {
        space.Start();
        softs.Enter(Level.Feasible);
        return Minimise() == Verdict.Possible;
    }

    public void Dispose() => questions.Dispose();

    private SearchOutcome Unfinished(Level level) => new(hasSelection ? space.Selection(questions) : null, level, paid);

    private Verdict Minimise()
    {
        growth.Run();
        PropagateCores();
        growth.Run();
        if (!hasModel || softs.Unpaid().Exists(questions.IsTrue))
        {
            while (questions.Ask(softs.Assumptions()) is var verdict and not Verdict.Possible)
            {
                if (verdict == Verdict.Unknown || questions.Cores.Exists(core => core.Count == 0))
                {
                    return verdict;
                }

                questions.Cores.ForEach(Learn);
                PropagateCores();
            }
        }

        hasModel = hasSelection = true;
        softs.ForbidUnpaid();
        return Verdict.Possible;
    }

    /// <summary>Learns all cores that need no search, so that Z3 is asked only for the others.</summary>
    private void PropagateCores()
    {
        List<List<int>> cores;
        do
        {
            cores = propagation.Cores(softs.Assumptions());
            cores.ForEach(Learn);
        }
        while (cores.Count > 0 && !limits.Deadline.IsCancellationRequested);
    }

    private void Learn(List<int> core)
    {
        var placeholders = core.FindAll(softs.IsPlaceholder);
        if (placeholders.Count > 0)
        {
            placeholders.ForEach(space.Expand);
            hasModel = false;
        }
        else if (core.TrueForAll(softs.IsUnpaid))
        {
            Pay(core);
        }
    }

    private void Pay(List<int> core)
    {
        paid++;
        clauses.Add(CollectionsMarshal.AsSpan(core));
        foreach (var variable in core)
        {
            softs.Pay(variable);
            if (counters.Remove(variable, out var counter))
            {
                ChargeFrom(counter.Count, counter.Output + 1);
            }
        }

        if (core.Count > 1)
        {
            ChargeFrom(new Totalizer(clauses, CollectionsMarshal.AsSpan(core)), 2);
        }

        space.SpellOutRows();
    }

    private void ChargeFrom(Totalizer count, int output)
    {
        if (output <= count.Inputs)
        {
            var variable = count.Output(output);
            counters[variable] = (count, output);

            // The last model knows nothing of the new variable; it would read as false.
            hasModel = false;
            softs.Charge(variable, softs.Current);
        }
    }
}
