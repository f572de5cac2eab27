using Veridian.Core.Errors;
using Veridian.Solver.Presolving;
using Veridian.Solver.Z3;

namespace Veridian.Solver.Explaining;

/// <summary>Finds a smallest set of reasons that cannot hold together: Z3's core over one selector per reason, then every reason tried without (S-17).</summary>
internal sealed class ConflictSearch : IDisposable
{
    private readonly Problem problem;
    private readonly Z3Session z3;
    private readonly Dictionary<Reason, int> selectors = [];
    private readonly List<Reason> reasons = [];
    private readonly Dictionary<int, int> variables = [];
    private readonly HashSet<int> names = [];
    private readonly HashSet<int> followed = [];
    private readonly Queue<int> reached = new();
    private readonly List<int> clause = [];

    /// <param name="problem">Freshly read, not presolved: a ban must not hide its reason.</param>
    /// <param name="cancellationToken">Stops Z3.</param>
    public ConflictSearch(Problem problem, CancellationToken cancellationToken)
    {
        this.problem = problem;
        
        // The deadline ends the attempts to leave something out, never the first core: that there is no selection is known already.
        z3 = new Z3Session(new SolveLimits { Conflicts = int.MaxValue }, cancellationToken);
    }

    /// <summary>Whether every reason was tried without.</summary>
    public bool IsMinimal { get; private set; } = true;

    private bool IsTimeLeft => IsMinimal &= !problem.Request.Limits.Deadline.IsCancellationRequested;

    /// <summary>The reasons, in the order they were met on the way from the request.</summary>
    public List<Reason> Run()
    {
        foreach (var demand in problem.Demands)
        {
            if (!demand.Optional)
            {
                StateSet(new Reason(ConflictKind.Requested, -1, demand.Requirement, demand.Set), 0);
            }
        }

        while (reached.TryDequeue(out var version))
        {
            State(version);
        }

        var core = Minimal(FewestRequests());
        return core.ConvertAll(selector => reasons[reasons.FindIndex(reason => selectors[reason] == selector)]);
    }

    public void Dispose() => z3.Dispose();

    /// <summary>Requirements that clash with each other whatever else is asked for, and all rows. The last asked for is given up first, essential packages at the very end.</summary>
    private List<int> FewestRequests()
    {
        var rows = reasons.FindAll(reason => reason.Kind != ConflictKind.Requested).ConvertAll(reason => selectors[reason]);
        var requests = reasons.FindAll(reason => reason.Kind == ConflictKind.Requested);
        requests.Sort((left, right) => right.Clause.CompareTo(left.Clause));
        var kept = requests.ConvertAll(reason => selectors[reason]);
        foreach (var request in kept.ToArray())
        {
            if (kept.Contains(request) && IsTimeLeft && CoreOf([.. rows, .. kept.FindAll(other => other != request)]) is { } core)
            {
                kept.RemoveAll(other => !core.Contains(other));
            }
        }

        return CoreOf([.. rows, .. kept]) ?? throw new VeridianBugException(
            ErrorCodes.AnswerCheckFailed, "The request was called unsolvable, but no reason was found.", "Report this together with 'vpkg.toml' and 'vpkg.lock'.");
    }

    /// <summary>Tries to do without each reason, the last met first, so that what stays is near the request.</summary>
    private List<int> Minimal(List<int> core)
    {
        for (var i = core.Count - 1; i >= 0 && IsTimeLeft; i = Math.Min(i, core.Count) - 1)
        {
            if (CoreOf([.. core[..i], .. core[(i + 1)..]]) is { } smaller)
            {
                core = smaller;
            }
        }

        return core;
    }

    private List<int>? CoreOf(List<int> assumptions) => z3.Check(assumptions) == Verdict.Impossible ? [.. z3.Core] : null;

    private void State(int version)
    {
        var name = problem.Rows.VersionName[version];
        if (names.Add(name))
        {
            StateOneVersion(name);
        }

        if (problem.IsRefused(version))
        {
            Add(Selector(new Reason(ConflictKind.Forbidden, name, -1, -1)), -variables[version]);
        }

        foreach (var row in problem.Rows.Depends(version))
        {
            StateSet(new Reason(ConflictKind.Needs, name, row, problem.Rows.SetOf(row)), version);
        }

        foreach (var row in problem.Rows.Conflicts(version))
        {
            StateConflict(new Reason(ConflictKind.ConflictsWith, name, row, problem.Rows.SetOf(row)), version);
        }
    }

    private void StateSet(Reason reason, int owner)
    {
        var members = problem.Members(reason.Set);
        clause.Clear();
        foreach (var member in members)
        {
            if (problem.IsAssumed(member))
            {
                return;
            }

            clause.Add(Variable(member));
        }

        if (reason.Kind == ConflictKind.Needs)
        {
            clause.Add(-variables[owner]);
        }

        Add(Selector(reason), [.. clause]);
    }

    private void StateConflict(Reason reason, int owner)
    {
        foreach (var member in problem.Members(reason.Set))
        {
            if (problem.Rows.VersionName[member] != reason.Subject && !problem.IsAssumed(member))
            {
                // A version that nothing needs stays absent by itself: then the clause costs nothing.
                Add(Selector(reason), -variables[owner], -Variable(member, follow: false));
            }
        }
    }

    /// <summary>A chain "one of the versions up to here": linear, and true of every selection, so it needs no selector.</summary>
    private void StateOneVersion(int name)
    {
        var before = 0;
        for (var version = problem.Rows.FirstVersion(name); version < problem.Rows.EndVersion(name); version++)
        {
            var here = Variable(version, follow: false);
            var upTo = z3.NewVariable();
            z3.AddClause([-here, upTo]);
            if (before != 0)
            {
                z3.AddClause([-before, upTo]);
                z3.AddClause([-here, -before]);
            }

            before = upTo;
        }
    }

    private void Add(int selector, params ReadOnlySpan<int> literals) => z3.AddClause([-selector, .. literals]);

    private int Selector(Reason reason)
    {
        if (!selectors.TryGetValue(reason, out var selector))
        {
            selectors[reason] = selector = z3.NewVariable();
            reasons.Add(reason);
        }

        return selector;
    }

    private int Variable(int version, bool follow = true)
    {
        if (!variables.TryGetValue(version, out var variable))
        {
            variables[version] = variable = z3.NewVariable();
        }

        if (follow && followed.Add(version))
        {
            reached.Enqueue(version);
        }

        return variable;
    }
}
