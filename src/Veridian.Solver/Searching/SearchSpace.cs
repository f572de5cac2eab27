using Veridian.Solver.Presolving;

namespace Veridian.Solver.Searching;

/// <summary>The request as clauses, spelled out lazily: of each name only the best version, of each row only the first alternative, until asked for more.</summary>
internal sealed class SearchSpace
{
    /// <summary>Literal of a set that every selection satisfies.</summary>
    private const int Always = int.MaxValue;

    /// <summary>Literal of a set that no selection satisfies.</summary>
    private const int Never = int.MinValue;

    private readonly Problem problem;
    private readonly ClauseLog clauses;
    private readonly Softs softs;
    private readonly int[] variableOf;
    private readonly int[] literalOfSet;
    private readonly Dictionary<int, int> missing = [];
    private readonly Dictionary<int, Ladder> ladders = [];
    private readonly Queue<int> fresh = new();
    private readonly List<int> conflicts = [];

    public SearchSpace(Problem problem, ClauseLog clauses, Softs softs)
    {
        (this.problem, this.clauses, this.softs) = (problem, clauses, softs);
        variableOf = new int[problem.Rows.VersionName.Length];
        literalOfSet = new int[problem.SetCount];
    }

    /// <summary>The versions spelled out so far, in the order in which that happened.</summary>
    public List<int> Versions { get; } = [];

    /// <summary>The variable "this version is installed" of a version in <see cref="Versions"/>.</summary>
    public int Variable(int version) => variableOf[version];

    /// <summary>The versions that are installed in the last answer, in the order of the index.</summary>
    public List<int> Selection(Questions questions)
    {
        var selection = Versions.FindAll(version => questions.IsTrue(variableOf[version]));
        selection.Sort();
        return selection;
    }

    /// <summary>States the request.</summary>
    public void Start()
    {
        foreach (var name in problem.ForcedNames)
        {
            clauses.Add(Installed(name));
        }

        foreach (var demand in problem.Demands)
        {
            if (Satisfied(demand.Set) is var literal and not Always and not Never)
            {
                State(demand, literal);
            }
        }

        SpellOutRows();
    }

    /// <summary>Spells out what a variable stands for.</summary>
    public void Expand(int variable)
    {
        softs.Expand(variable);
        SpellOutRows();
    }

    /// <summary>States the rows of all versions that are new.</summary>
    public void SpellOutRows()
    {
        while (fresh.TryDequeue(out var version))
        {
            StateDepends(version);
            StateConflicts(version);
            if (problem.Recommends(version))
            {
                StateRecommends(version);
            }
        }
    }

    private void State(Demand demand, int literal)
    {
        if (demand.Optional)
        {
            var left = clauses.NewVariable();
            clauses.Add(left, literal);
            softs.Charge(left, Level.Optional);
        }
        else
        {
            clauses.Add(literal);
        }
    }

    private void StateDepends(int version)
    {
        foreach (var clause in problem.Rows.Depends(version))
        {
            var literal = Satisfied(problem.Rows.SetOf(clause));
            if (literal == Never)
            {
                clauses.Add(-variableOf[version]);
            }
            else if (literal != Always)
            {
                clauses.Add(-variableOf[version], literal);
            }
        }
    }

    private void StateRecommends(int version)
    {
        foreach (var clause in problem.Rows.Recommends(version))
        {
            var set = problem.Rows.SetOf(clause);
            if (Satisfied(set) is var literal and not Always and not Never)
            {
                clauses.Add(-variableOf[version], literal, Missing(set));
            }
        }
    }

    private void StateConflicts(int version)
    {
        conflicts.Clear();
        problem.AddConflicts(version, conflicts);
        foreach (var other in conflicts)
        {
            if (variableOf[other] != 0)
            {
                clauses.Add(-variableOf[version], -variableOf[other]);
            }
        }
    }

    private int Missing(int set)
    {
        if (!missing.TryGetValue(set, out var variable))
        {
            missing[set] = variable = clauses.NewVariable();
            softs.Charge(variable, Level.Recommends);
        }

        return variable;
    }

    private int Installed(int name) => LadderOf(name).Installed;

    private int Installed(int name, int version)
    {
        var ladder = LadderOf(name);
        while (variableOf[version] == 0)
        {
            Climb(ladder);
        }

        return variableOf[version];
    }

    private Ladder LadderOf(int name)
    {
        if (!ladders.TryGetValue(name, out var ladder))
        {
            var installed = clauses.NewVariable();
            ladders[name] = ladder = new Ladder(name, problem.Preference(name), installed);
            softs.Charge(installed, Level.Packages);
            Climb(ladder);
        }

        return ladder;
    }

    /// <summary>Spells out the next version of a name: this rung is either exactly it, or the next rung.</summary>
    private void Climb(Ladder ladder)
    {
        var (rung, version) = (ladder.Top, ladder.Order[ladder.Built]);
        softs.MarkExpanded(rung);
        var here = variableOf[version] = clauses.NewVariable();
        ladder.Built++;
        ladder.Top = ladder.Built < ladder.Order.Length ? clauses.NewVariable() : 0;
        clauses.Add(-here, rung);
        if (ladder.Top == 0)
        {
            clauses.Add(-rung, here);
        }
        else
        {
            clauses.Add(-rung, here, ladder.Top);
            clauses.Add(-ladder.Top, rung);
            clauses.Add(-here, -ladder.Top);
            softs.Charge(ladder.Top, LagLevel(ladder.Name));
            softs.Postpone(ladder.Top, () => ClimbFarther(ladder));
        }

        Versions.Add(version);
        fresh.Enqueue(version);
    }

    /// <summary>As many rungs again as there are: a name that must go far back costs few rounds.</summary>
    private void ClimbFarther(Ladder ladder)
    {
        for (var rungs = ladder.Built; rungs > 0 && ladder.Top != 0; rungs--)
        {
            Climb(ladder);
        }
    }

    private Level LagLevel(int name) =>
        problem.LockedVersion(name) >= 0 ? Level.Lock : problem.IsRequested(name) ? Level.Requested : Level.Other;

    private int Satisfied(int set)
    {
        if (literalOfSet[set] == 0)
        {
            literalOfSet[set] = problem.IsCertain(set) ? Always : Spell(set);
        }

        return literalOfSet[set];
    }

    private int Spell(int set)
    {
        var (firsts, others) = Alternatives(set);
        if (firsts.Count == 0)
        {
            return Never;
        }

        if (others.Count == 0)
        {
            return OneOf(firsts);
        }

        var satisfied = clauses.NewVariable();
        var second = clauses.NewVariable();
        clauses.Add(-satisfied, OneOf(firsts), second);
        softs.Charge(second, Level.SecondChoice);
        softs.Postpone(second, () => Link(second, others, 0, 1));
        return satisfied;
    }

    /// <summary>The set's choices: the first viable name's, and those of all others. A name that fits in every possible version is one choice, its complement.</summary>
    private (List<int> Firsts, List<int> Others) Alternatives(int set)
    {
        var (firsts, others) = (new List<int>(), new List<int>());
        var members = problem.Members(set);
        var firstName = -1;
        foreach (var member in members)
        {
            if (!problem.IsViable(member))
            {
                continue;
            }

            var name = problem.Rows.VersionName[member];
            firstName = firstName < 0 ? name : firstName;
            var list = name == firstName ? firsts : others;
            var choice = problem.Covers(members, name) ? ~name : member;
            if (choice >= 0 || !list.Contains(choice))
            {
                list.Add(choice);
            }
        }

        return (firsts, others);
    }

    private int OneOf(List<int> choices)
    {
        if (choices.Count == 1)
        {
            return Literal(choices[0]);
        }

        var tip = clauses.NewVariable();
        Link(tip, choices, 0, 1);
        return tip;
    }

    /// <summary>Spells out some choices of a variable that means "one of the choices from here on"; twice as many each time.</summary>
    private void Link(int tip, List<int> choices, int from, int count)
    {
        var end = Math.Min(choices.Count, from + count);
        var clause = new List<int> { -tip };
        for (var i = from; i < end; i++)
        {
            clause.Add(Literal(choices[i]));
        }

        if (end < choices.Count)
        {
            var rest = clauses.NewVariable();
            clause.Add(rest);
            StateLagOf(rest, choices, end);
            softs.Postpone(rest, () => Link(rest, choices, end, count * 2));
        }

        clauses.Add(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(clause));
    }

    /// <summary>Where all choices left are later versions of one name, taking one of them is lag: so a lag that is ruled out rules them out unseen.</summary>
    private void StateLagOf(int rest, List<int> choices, int from)
    {
        var name = choices[from] < 0 ? -1 : problem.Rows.VersionName[choices[from]];
        for (var i = from; i < choices.Count; i++)
        {
            if (choices[i] < 0 || problem.Rows.VersionName[choices[i]] != name || variableOf[choices[i]] != 0)
            {
                return;
            }
        }

        if (ladders.TryGetValue(name, out var ladder))
        {
            clauses.Add(-rest, ladder.Top);
        }
    }

    private int Literal(int choice) => choice < 0 ? Installed(~choice) : Installed(problem.Rows.VersionName[choice], choice);
}
