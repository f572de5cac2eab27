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
        var core = Propagate(near, Requests(near)) is { } found ? FewestRequests(near, found) : null;
        if (core is not null)
        {
            return Minimal(near, core);
        }

        var all = new ReasonClauses(problem, null);
        using var z3 = Session(all, null);
        return Minimal(all, FewestRequests(all, z3));
    }

    private static List<Reason> Requests(ReasonClauses clauses) => clauses.Reasons.Where(reason => reason.Kind == ConflictKind.Requested)
        .OrderBy(reason => (uint)reason.Clause).ToList();

    /// <summary>A core by unit propagation from all rows and the given requests, added in order until they contradict; null for none.</summary>
    private static List<Reason>? Propagate(ReasonClauses clauses, List<Reason> requests)
    {
        var assumptions = clauses.Reasons.Where(reason => reason.Kind != ConflictKind.Requested).Concat(requests).Select(clauses.Selector).ToList();
        var core = new UnitPropagation(clauses.Clauses).FirstCore(assumptions);
        return core is null ? null : Named(clauses, core);
    }

    private static List<Reason> Named(ReasonClauses clauses, List<int> core) => [.. clauses.Reasons.Where(reason => core.Contains(clauses.Selector(reason)))];

    /// <summary>
    /// The core with requests that clash whatever else is asked for. The last asked for is given up first, essential packages at the very
    /// end. Null where that cannot be told without search.
    /// </summary>
    private List<Reason>? FewestRequests(ReasonClauses clauses, List<Reason> core)
    {
        var kept = core.FindAll(reason => reason.Kind == ConflictKind.Requested);
        foreach (var request in Enumerable.Reverse(kept.OrderBy(reason => (uint)reason.Clause).ToArray()))
        {
            if (kept.Count == 1 || !kept.Contains(request) || !IsTimeLeft)
            {
                continue;
            }

            var others = kept.FindAll(other => other != request);
            if (Propagate(clauses, others) is { } smaller)
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
            ErrorCodes.AnswerCheckFailed, "The request was called unsolvable, but no reason was found.", "Report this together with 'vpkg.toml' and 'vpkg.lock'."));
    }

    /// <summary>Tries to do without each reason, the last met first, so that what stays is near the request.</summary>
    private List<Reason> Minimal(ReasonClauses clauses, List<Reason> core)
    {
        var selectors = core.ConvertAll(clauses.Selector);
        using var z3 = Session(clauses, [.. selectors]);
        for (var i = selectors.Count - 1; i >= 0 && IsTimeLeft; i = Math.Min(i, selectors.Count) - 1)
        {
            if (CoreOf(z3, [.. selectors[..i], .. selectors[(i + 1)..]]) is { } smaller)
            {
                // In the order in which they were met.
                selectors.RemoveAll(selector => !smaller.Contains(selector));
            }
        }

        return Named(clauses, selectors);
    }

    /// <summary>Z3 with all clauses, or with those alone that need no other selectors than the given ones.</summary>
    private Z3Session Session(ReasonClauses clauses, HashSet<int>? selectors)
    {
        // The deadline ends the attempts to leave something out, never the first core: that there is no selection is known already.
        var z3 = new Z3Session(new SolveLimits { Conflicts = int.MaxValue }, cancellationToken);
        var all = selectors is null ? [] : clauses.Reasons.Select(clauses.Selector).ToHashSet();
        while (z3.VariableCount < clauses.Clauses.VariableCount)
        {
            z3.NewVariable();
        }

        for (var clause = 0; clause < clauses.Clauses.Count; clause++)
        {
            if (selectors is null || Concerns(clauses.Clauses[clause], selectors, all))
            {
                z3.AddClause(clauses.Clauses[clause]);
            }
        }

        return z3;
    }

    private static bool Concerns(ReadOnlySpan<int> clause, HashSet<int> selectors, HashSet<int> all)
    {
        foreach (var literal in clause)
        {
            if (all.Contains(-literal))
            {
                return selectors.Contains(-literal);
            }
        }

        return true;
    }

    private static List<int>? CoreOf(Z3Session z3, List<int> assumptions) => z3.Check(assumptions) == Verdict.Impossible ? [.. z3.Core] : null;
}
