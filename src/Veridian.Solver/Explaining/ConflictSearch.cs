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
    private const int NearNames = 16;
    private const int Farther = 8;
    private const int ManyReasons = 100;

    /// <summary>Whether every reason was tried without.</summary>
    public bool IsMinimal { get; private set; } = true;

    private bool IsTimeLeft => IsMinimal &= !problem.Request.Limits.Deadline.IsCancellationRequested;

    /// <summary>The reasons, in the order they were met on the way from the request.</summary>
    public List<Reason> Run()
    {
        // Names are forced in the order of their distance from the request, and most contradictions are near it.
        for (var count = Math.Min(NearNames, forced.Count); forced.Count > 0; count = Math.Min(count * Farther, forced.Count))
        {
            var near = new ReasonClauses(problem, [.. forced.Take(count)]);
            var propagation = new UnitPropagation(near.Clauses);
            propagation.Assume(near.Reasons.Where(reason => reason.Kind != ConflictKind.Requested).Select(near.Selector).ToList());
            if (Propagate(near, propagation, Requests(near)) is { } found && FewestRequests(near, propagation, found) is { } core)
            {
                return Minimal(near, core);
            }

            if (count == forced.Count)
            {
                break;
            }
        }

        var all = new ReasonClauses(problem, null);
        using var z3 = Session(all);
        return Minimal(all, FewestRequests(all, z3));
    }

    private static List<Reason> Requests(ReasonClauses clauses) => clauses.Reasons.Where(reason => reason.Kind == ConflictKind.Requested)
        .OrderBy(reason => (uint)reason.Clause).ToList();

    /// <summary>A core by unit propagation from all rows, which are assumed already, and the given requests, added in order until they contradict; null for none.</summary>
    private static List<Reason>? Propagate(ReasonClauses clauses, UnitPropagation propagation, List<Reason> requests) =>
        propagation.Contradiction(requests.ConvertAll(clauses.Selector)) is { } core ? Named(clauses, core) : null;

    private static List<Reason> Named(ReasonClauses clauses, List<int> core)
    {
        var selectors = core.ToHashSet();
        return [.. clauses.Reasons.Where(reason => selectors.Contains(clauses.Selector(reason)))];
    }

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

    /// <summary>Whether the requests are shown to hold together; false also where the time ran out.</summary>
    private bool CanHold(List<Reason> requests)
    {
        var alone = new Problem(problem.Index, problem.Request);
        foreach (var request in requests)
        {
            alone.Ask(problem.Members(request.Set).ToArray(), -1, optional: false);
        }

        if (!new Presolve(alone).Run())
        {
            return false;
        }

        if (new HornPass(alone).Run() is not null)
        {
            return true;
        }

        using var search = new CoreGuidedSearch(alone, cancellationToken);
        return search.IsPossible();
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
        var few = new ClauseLog();
        using var questions = new Questions(few, new UnitPropagation(few), new SolveLimits { Conflicts = int.MaxValue }, whole: false, cancellationToken);
        var renamed = new Dictionary<int, int>();
        foreach (var clause in clauses.Of(core))
        {
            few.Add(Array.ConvertAll(clauses.Clauses[clause].ToArray(), literal => Math.Sign(literal) * Rename(Math.Abs(literal), renamed, few)));
        }

        var kept = new List<Reason>(core);
        var families = core.Count > ManyReasons ? core.ToDictionary(reason => reason, reason => reason.Family(problem.Index)) : [];
        var needed = new HashSet<string>();
        for (var i = kept.Count - 1; i >= 0 && IsTimeLeft; i = Math.Min(i, kept.Count) - 1)
        {
            // Where very many reasons take part, what matters is which packages clash: all rows of a name about the same names are tried without together.
            var family = families.GetValueOrDefault(kept[i]);
            if (family is not null && !needed.Add(family))
            {
                continue;
            }

            var others = kept.FindAll(other => other != kept[i] && (family is null || families[other] != family));
            if (questions.Ask(others.ConvertAll(reason => Rename(clauses.Selector(reason), renamed, few))) == Verdict.Impossible)
            {
                var smaller = questions.Cores[0].ToHashSet();
                kept = others.FindAll(reason => smaller.Contains(renamed[clauses.Selector(reason)]));
            }
        }

        return kept;
    }

    private static int Rename(int variable, Dictionary<int, int> renamed, ClauseLog few)
    {
        if (!renamed.TryGetValue(variable, out var name))
        {
            renamed[variable] = name = few.NewVariable();
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
