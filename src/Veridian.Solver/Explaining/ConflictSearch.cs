using Veridian.Core.Errors;
using Veridian.Solver.Presolving;
using Veridian.Solver.Searching;
using Veridian.Solver.Z3;

namespace Veridian.Solver.Explaining;

/// <summary>Finds a smallest set of reasons that cannot hold together (S-17).</summary>
/// <remarks>
/// A first core comes from propagation over the rows of the names that presolve had forced: that is where most contradictions are, and
/// it needs no search. Only where it finds none is Z3 asked about all rows. What is left out of the core afterwards is tried with the
/// core's own few clauses.
/// </remarks>
internal sealed class ConflictSearch(Problem problem, IReadOnlyList<int> forced, CancellationToken cancellationToken)
{
    /// <summary>Whether every reason was tried without.</summary>
    public bool IsMinimal { get; private set; } = true;

    private bool IsTimeLeft => IsMinimal &= !problem.Request.Limits.Deadline.IsCancellationRequested;

    /// <summary>The reasons, in the order they were met on the way from the request.</summary>
    public List<Reason> Run()
    {
        var near = new ReasonClauses(problem, [.. forced]);
        var propagation = new UnitPropagation(near.Clauses);
        var core = Propagate(near, propagation, Requests(near)) is { } found ? FewestRequests(near, propagation, found) : null;
        if (core is not null)
        {
            return Minimal(near, core);
        }

        var all = new ReasonClauses(problem, null);
        using var z3 = Session(all);
        return Minimal(all, FewestRequests(all, z3));
    }

    private static List<Reason> Requests(ReasonClauses clauses) => clauses.Reasons.Where(reason => reason.Kind == ConflictKind.Requested)
        .OrderBy(reason => (uint)reason.Clause).ToList();

    /// <summary>A core by unit propagation from all rows and the given requests, added in order until they contradict; null for none.</summary>
    private static List<Reason>? Propagate(ReasonClauses clauses, UnitPropagation propagation, List<Reason> requests)
    {
        var assumptions = clauses.Reasons.Where(reason => reason.Kind != ConflictKind.Requested).Concat(requests).Select(clauses.Selector).ToList();
        return propagation.FirstCore(assumptions) is { } core ? Named(clauses, core) : null;
    }

    private static List<Reason> Named(ReasonClauses clauses, List<int> core) => [.. clauses.Reasons.Where(reason => core.Contains(clauses.Selector(reason)))];

    /// <summary>
    /// The core with requests that clash whatever else is asked for. The last asked for is given up first, essential packages at the very
    /// end. Null where that cannot be told without search.
    /// </summary>
    private List<Reason>? FewestRequests(ReasonClauses clauses, UnitPropagation propagation, List<Reason> core)
    {
        var kept = core.FindAll(reason => reason.Kind == ConflictKind.Requested);
        foreach (var request in Enumerable.Reverse(kept.OrderBy(reason => (uint)reason.Clause).ToArray()))
        {
            if (kept.Count == 1 || !kept.Contains(request) || !IsTimeLeft)
            {
                continue;
            }

            var others = kept.FindAll(other => other != request);
            if (Propagate(clauses, propagation, others) is { } smaller)
            {
                core = smaller;
                kept = core.FindAll(reason => reason.Kind == ConflictKind.Requested);
            }
            else if (!CanHold(others))
            {
                return null;
            }
        }

        return core;
    }

    /// <summary>Whether presolve and the Horn theorem show that the requests can hold together.</summary>
    private bool CanHold(List<Reason> requests)
    {
        var alone = new Problem(problem.Index, problem.Request);
        foreach (var request in requests)
        {
            alone.Ask(problem.Members(request.Set).ToArray(), -1, optional: false);
        }

        return new Presolve(alone).Run() && new HornPass(alone).Run() is not null;
    }

    private List<Reason> FewestRequests(ReasonClauses clauses, Z3Session z3)
    {
        var rows = clauses.Reasons.Where(reason => reason.Kind != ConflictKind.Requested).Select(clauses.Selector).ToList();
        var kept = Requests(clauses);
        foreach (var request in Enumerable.Reverse(kept.ToArray()))
        {
            if (kept.Contains(request) && IsTimeLeft
                && CoreOf(z3, [.. rows, .. kept.Where(other => other != request).Select(clauses.Selector)]) is { } core)
            {
                kept.RemoveAll(other => !core.Contains(clauses.Selector(other)));
            }
        }

        return Named(clauses, CoreOf(z3, [.. rows, .. kept.Select(clauses.Selector)]) ?? throw new VeridianBugException(
            ErrorCodes.AnswerCheckFailed, "The request was called unsolvable, but no reason was found.", "Report this together with the request."));
    }

    /// <summary>Tries to do without each reason, the last met first, so that what stays is near the request.</summary>
    private List<Reason> Minimal(ReasonClauses clauses, List<Reason> core)
    {
        using var z3 = Session();
        var renamed = new Dictionary<int, int>();
        foreach (var clause in clauses.Of(core))
        {
            z3.AddClause(Array.ConvertAll(clauses.Clauses[clause].ToArray(), literal => Math.Sign(literal) * Rename(Math.Abs(literal), renamed, z3)));
        }

        var kept = new List<Reason>(core);
        for (var i = kept.Count - 1; i >= 0 && IsTimeLeft; i = Math.Min(i, kept.Count) - 1)
        {
            var others = kept.FindAll(other => other != kept[i]);
            if (CoreOf(z3, others.ConvertAll(reason => Rename(clauses.Selector(reason), renamed, z3))) is { } smaller)
            {
                kept = others.FindAll(reason => smaller.Contains(renamed[clauses.Selector(reason)]));
            }
        }

        return kept;
    }

    private static int Rename(int variable, Dictionary<int, int> renamed, Z3Session z3)
    {
        if (!renamed.TryGetValue(variable, out var name))
        {
            renamed[variable] = name = z3.NewVariable();
        }

        return name;
    }

    // The deadline ends the attempts to leave something out, never the first core: that there is no selection is known already.
    private Z3Session Session() => new(new SolveLimits { Conflicts = int.MaxValue }, cancellationToken);

    private Z3Session Session(ReasonClauses clauses)
    {
        var z3 = Session();
        while (z3.VariableCount < clauses.Clauses.VariableCount)
        {
            z3.NewVariable();
        }

        for (var clause = 0; clause < clauses.Clauses.Count; clause++)
        {
            z3.AddClause(clauses.Clauses[clause]);
        }

        return z3;
    }

    private static List<int>? CoreOf(Z3Session z3, List<int> assumptions) => z3.Check(assumptions) == Verdict.Impossible ? [.. z3.Core] : null;
}
