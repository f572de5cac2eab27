using Veridian.Solver.Presolving;
using Veridian.Solver.Searching;

namespace Veridian.Solver.Explaining;

/// <summary>A request as clauses with one selector per reason: a reason counts where its selector is true.</summary>
/// <remarks>Leaving the rows of some names out only ever allows more, so a contradiction among the rest is one of the whole.</remarks>
internal sealed class ReasonClauses
{
    private readonly Problem problem;
    private readonly HashSet<int>? names;
    private readonly Dictionary<Reason, int> selectors = [];
    private readonly List<Reason> reasons = [];
    private readonly Dictionary<int, int> variables = [];
    private readonly Dictionary<int, (int First, int End)> chains = [];
    private readonly List<int> nameOfVariable = [];
    private readonly HashSet<int> followed = [];
    private readonly Queue<int> reached = new();
    private readonly List<int> clause = [];

    /// <param name="problem">Freshly read, not presolved: a ban must not hide its reason.</param>
    /// <param name="names">Names whose rows are stated; null for all.</param>
    public ReasonClauses(Problem problem, HashSet<int>? names)
    {
        (this.problem, this.names) = (problem, names);
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
    }

    public ClauseLog Clauses { get; } = new();

    /// <summary>In the order they were met on the way from the request.</summary>
    public IReadOnlyList<Reason> Reasons => reasons;

    public int Selector(Reason reason)
    {
        if (!selectors.TryGetValue(reason, out var selector))
        {
            selectors[reason] = selector = Clauses.NewVariable();
            reasons.Add(reason);
        }

        return selector;
    }

    /// <summary>The clauses that some reasons state, and those that say of the names in them that they have one version.</summary>
    public List<int> Of(IEnumerable<Reason> chosen)
    {
        var wanted = chosen.Select(Selector).ToHashSet();
        var (found, of) = (new List<int>(), new HashSet<int>());
        for (var at = 0; at < Clauses.Count; at++)
        {
            // The selector stands first or last in what a reason states.
            if (wanted.Contains(-Clauses[at][0]) || wanted.Contains(-Clauses[at][^1]))
            {
                found.Add(at);
                foreach (var literal in Clauses[at])
                {
                    of.Add(Math.Abs(literal) < nameOfVariable.Count ? nameOfVariable[Math.Abs(literal)] : -1);
                }
            }
        }

        foreach (var name in of)
        {
            if (chains.TryGetValue(name, out var chain))
            {
                found.AddRange(Enumerable.Range(chain.First, chain.End - chain.First));
            }
        }

        return found;
    }

    private void State(int version)
    {
        var name = problem.Rows.VersionName[version];
        if (!chains.ContainsKey(name))
        {
            var first = Clauses.Count;
            StateOneVersion(name);
            chains[name] = (first, Clauses.Count);
        }

        if (problem.IsRefused(version))
        {
            var kind = problem.TooYoungBy(version) is null ? ConflictKind.Forbidden : ConflictKind.TooYoung;
            Add(Selector(new Reason(kind, name, -1, -1)), -variables[version]);
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
        clause.Clear();
        foreach (var member in problem.Members(reason.Set))
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

        clause.Add(-Selector(reason));
        Clauses.Add(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(clause));
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
            var upTo = Clauses.NewVariable();
            Clauses.Add(-here, upTo);
            if (before != 0)
            {
                Clauses.Add(-before, upTo);
                Clauses.Add(-here, -before);
            }

            before = upTo;
        }
    }

    private void Add(int selector, int one, int two = 0)
    {
        if (two == 0)
        {
            Clauses.Add(-selector, one);
        }
        else
        {
            Clauses.Add(-selector, one, two);
        }
    }

    private int Variable(int version, bool follow = true)
    {
        if (!variables.TryGetValue(version, out var variable))
        {
            variables[version] = variable = Clauses.NewVariable();
            while (nameOfVariable.Count <= variable)
            {
                nameOfVariable.Add(-1);
            }

            nameOfVariable[variable] = problem.Rows.VersionName[version];
        }

        if (follow && (names is null || names.Contains(problem.Rows.VersionName[version])) && followed.Add(version))
        {
            reached.Enqueue(version);
        }

        return variable;
    }
}
