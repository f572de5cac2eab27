namespace Veridian.Solver.Searching;

/// <summary>Variables that cost something when true, by level, and variables that stand for what is not spelled out yet.</summary>
internal sealed class Softs(ClauseLog clauses)
{
    private readonly List<int>[] byLevel = [[], [], [], [], [], [], []];
    private readonly List<Level> levelOf = [Level.None];
    private readonly List<Action?> expansionOf = [null];
    private readonly List<bool> settled = [true];
    private readonly List<int> open = [];

    /// <summary>The level being minimised; those before it are decided.</summary>
    public Level Current { get; private set; } = Level.Feasible;

    /// <summary>Says that being true costs one on a level. On a level that is decided, no optimum can afford it any more.</summary>
    public void Charge(int variable, Level level)
    {
        Grow(variable);
        levelOf[variable] = level;
        if (level < Current)
        {
            Forbid(variable);
        }
        else
        {
            byLevel[(int)level].Add(variable);
        }
    }

    /// <summary>Says that the variable may only become true after the expansion has spelled out what that means.</summary>
    public void Postpone(int variable, Action expansion)
    {
        Grow(variable);
        if (!settled[variable])
        {
            expansionOf[variable] = expansion;
            open.Add(variable);
        }
    }

    public bool IsOpen(int variable) => variable < expansionOf.Count && expansionOf[variable] is not null;

    /// <summary>Forgets the expansion because it happened on another way.</summary>
    public void MarkExpanded(int variable) => expansionOf[variable] = null;

    public void Expand(int variable)
    {
        if (expansionOf[variable] is { } expansion)
        {
            expansionOf[variable] = null;
            expansion();
        }
    }

    public void Enter(Level level) => Current = level;

    /// <summary>The costs of the current level that are not paid, all to be assumed absent.</summary>
    public List<int> Unpaid() => Current is >= 0 and < Level.Count ? byLevel[(int)Current].FindAll(variable => !settled[variable]) : [];

    /// <summary>The level's unpaid costs and everything not spelled out, negated.</summary>
    public List<int> Assumptions()
    {
        var assumptions = Unpaid();
        open.RemoveAll(variable => !IsOpen(variable));
        foreach (var variable in open)
        {
            if (levelOf[variable] != Current)
            {
                assumptions.Add(variable);
            }
        }

        for (var i = 0; i < assumptions.Count; i++)
        {
            assumptions[i] = -assumptions[i];
        }

        if (Current == Level.Feasible)
        {
            // Nothing optional is asked for yet, so that all that is lost is no question either.
            assumptions.AddRange(byLevel[(int)Level.Optional]);
        }

        return assumptions;
    }

    /// <summary>Whether the variable is assumed false only because it is not spelled out.</summary>
    public bool IsPlaceholder(int variable) => IsOpen(variable) && levelOf[variable] != Current;

    /// <summary>Whether the variable is assumed absent because it costs something on this level.</summary>
    public bool IsUnpaid(int variable) => levelOf[variable] == Current && !settled[variable];

    /// <summary>The cost is accepted: it is not assumed absent any more.</summary>
    public void Pay(int variable)
    {
        settled[variable] = true;
        Expand(variable);
    }

    /// <summary>The level is decided: what was not paid stays absent.</summary>
    public void ForbidUnpaid()
    {
        foreach (var variable in Unpaid())
        {
            Forbid(variable);
        }
    }

    private void Forbid(int variable)
    {
        settled[variable] = true;
        expansionOf[variable] = null;
        clauses.Add(-variable);
    }

    private void Grow(int variable)
    {
        while (levelOf.Count <= variable)
        {
            levelOf.Add(Level.None);
            expansionOf.Add(null);
            settled.Add(false);
        }
    }
}
