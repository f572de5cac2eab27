namespace Veridian.Solver.Searching;

/// <summary>Finds cores that follow from the clauses one literal at a time: most do, and here they cost a thousandth of a call to Z3.</summary>
/// <remarks>Two watched literals per clause. What follows without assumptions stays for good; the rest is undone after each round.</remarks>
internal sealed class UnitPropagation(ClauseLog clauses)
{
    private const int Assumed = -1;
    private const int Root = -2;

    private readonly List<List<int>> watchers = [[], []];
    private readonly List<int> trail = [];
    private readonly List<int> first = [];
    private readonly List<int> second = [];
    private readonly Stack<int> open = new();
    private sbyte[] value = [0];
    private int[] reason = [0];
    private int[] seen = [0];
    private int stamp;
    private int propagated;
    private int undoTo;
    private int settled;
    private bool broken;

    /// <summary>Sets of variables that cannot all be false: found by assuming the variables false in their order, leaving out those that cannot be.</summary>
    public List<List<int>> Cores(List<int> assumedFalse)
    {
        var cores = new List<List<int>>();
        if (!Settle())
        {
            return cores;
        }

        foreach (var literal in assumedFalse)
        {
            if (Value(literal) < 0)
            {
                var forced = Math.Abs(literal);
                cores.Add(CoreOf(reason[forced] == Root ? [] : clauses[reason[forced]], forced));
            }
            else if (Value(literal) == 0 && Assume(literal) is var conflict and >= 0)
            {
                cores.Add(CoreOf(clauses[conflict], 0));
                Undo(undoTo);
            }
        }

        Undo(settled);
        return cores;
    }

    /// <summary>The first set of assumptions that cannot all hold, assuming them one after the other; null where none is found this way.</summary>
    public List<int>? FirstCore(List<int> assumptions)
    {
        return Settle() ? Contradiction(assumptions) : [];
    }

    /// <summary>As <see cref="FirstCore"/>, together with what is assumed until <see cref="Release"/>.</summary>
    public List<int>? Contradiction(List<int> assumptions)
    {
        List<int>? core = null;
        var before = trail.Count;
        for (var i = 0; i < assumptions.Count && core is null; i++)
        {
            var literal = assumptions[i];
            if (Value(literal) < 0)
            {
                var forced = Math.Abs(literal);
                core = CoreOf(reason[forced] == Root ? [] : clauses[reason[forced]], forced);
            }
            else if (Value(literal) == 0 && Assume(literal) is var conflict and >= 0)
            {
                core = CoreOf(clauses[conflict], 0);
            }
        }

        Undo(before);
        return core;
    }

    /// <summary>Assumes all of them and what follows, until <see cref="Release"/>. Where they cannot all hold: those that cannot, and nothing is assumed.</summary>
    public List<int>? Assume(List<int> assumptions)
    {
        if (!Settle())
        {
            return [];
        }

        foreach (var literal in assumptions)
        {
            if (Value(literal) < 0 || Value(literal) == 0 && Assume(literal) is >= 0)
            {
                Undo(settled);
                return FirstCore(assumptions)!;
            }
        }

        return null;
    }

    /// <summary>Those of some assumptions that can hold together as far as propagation sees, taken in their order.</summary>
    public List<int> Compatible(IEnumerable<int> assumptions)
    {
        var kept = new List<int>();
        if (!Settle())
        {
            return kept;
        }

        foreach (var literal in assumptions)
        {
            if (Value(literal) == 0 && Assume(literal) >= 0)
            {
                Undo(undoTo);
            }
            else if (Value(literal) > 0)
            {
                kept.Add(literal);
            }
        }

        Undo(settled);
        return kept;
    }

    /// <summary>How many variables have a value, in the order in which they got it.</summary>
    public int Assigned => trail.Count;

    /// <summary>Assumes one literal more until <see cref="Release"/>; false, and nothing assumed, where a clause speaks against it.</summary>
    public bool TryAssume(int literal)
    {
        if (Assume(literal) < 0)
        {
            return true;
        }

        Undo(undoTo);
        return false;
    }

    /// <summary>Takes back what was assumed after so many variables had a value.</summary>
    public void Undo(int length)
    {
        for (var i = length; i < trail.Count; i++)
        {
            value[Math.Abs(trail[i])] = 0;
        }

        trail.RemoveRange(length, trail.Count - length);
        propagated = length;
    }

    /// <summary>Forgets what was assumed.</summary>
    public void Release() => Undo(settled);

    /// <summary>The assumptions that some literals follow from.</summary>
    public List<int> AssumptionsBehind(IEnumerable<int> literals)
    {
        stamp++;
        foreach (var literal in literals)
        {
            Push(literal);
        }

        return Trace([]);
    }

    /// <summary>1 where the literal is true by what is assumed, -1 where it is false, 0 where it is open.</summary>
    public int Value(int literal) => literal > 0 ? value[literal] : -value[-literal];

    /// <summary>Takes in new clauses and what follows from them alone; false when they contradict each other.</summary>
    private bool Settle()
    {
        Grow();
        for (var clause = first.Count; clause < clauses.Count && !broken; clause++)
        {
            Attach(clause);
        }

        broken |= Propagate() >= 0;
        for (var i = settled; i < trail.Count; i++)
        {
            reason[Math.Abs(trail[i])] = Root;
        }

        settled = trail.Count;
        return !broken;
    }

    private int Assume(int literal)
    {
        undoTo = trail.Count;
        Set(literal, Assumed);
        return Propagate();
    }

    private void Attach(int clause)
    {
        var literals = clauses[clause];
        var (one, two) = (0, 0);
        foreach (var literal in literals)
        {
            // A literal that is false for good can never help; true ones are watched like open ones.
            if (Value(literal) >= 0)
            {
                (one, two) = one == 0 ? (literal, 0) : two == 0 ? (one, literal) : (one, two);
            }
        }

        first.Add(one);
        second.Add(two);
        if (one == 0)
        {
            broken = true;
        }
        else if (two == 0)
        {
            Set(one, clause);
        }
        else
        {
            watchers[Slot(one)].Add(clause);
            watchers[Slot(two)].Add(clause);
        }
    }

    /// <summary>The clause that is violated, or -1.</summary>
    private int Propagate()
    {
        while (propagated < trail.Count)
        {
            var falsified = -trail[propagated++];
            var list = watchers[Slot(falsified)];
            var kept = 0;
            for (var i = 0; i < list.Count; i++)
            {
                var clause = list[i];
                if (MoveWatch(clause, falsified))
                {
                    continue;
                }

                list[kept++] = clause;
                var other = first[clause] == falsified ? second[clause] : first[clause];
                if (Value(other) < 0)
                {
                    while (++i < list.Count)
                    {
                        list[kept++] = list[i];
                    }

                    list.RemoveRange(kept, list.Count - kept);
                    propagated = trail.Count;
                    return clause;
                }

                Set(other, clause);
            }

            list.RemoveRange(kept, list.Count - kept);
        }

        return -1;
    }

    /// <summary>Watches another literal that is not false; false when only the other watch is left to decide.</summary>
    private bool MoveWatch(int clause, int falsified)
    {
        var other = first[clause] == falsified ? second[clause] : first[clause];
        if (Value(other) > 0)
        {
            return false;
        }

        foreach (var literal in clauses[clause])
        {
            if (literal != other && literal != falsified && Value(literal) >= 0)
            {
                (first[clause], second[clause]) = (other, literal);
                watchers[Slot(literal)].Add(clause);
                return true;
            }
        }

        return false;
    }

    /// <summary>The assumptions that make a clause false, or all of it but one variable, which is then part of the core.</summary>
    private List<int> CoreOf(ReadOnlySpan<int> clause, int variable)
    {
        var core = new List<int>();
        stamp++;
        if (variable != 0)
        {
            seen[variable] = stamp;
            core.Add(variable);
        }

        Push(clause);
        return Trace(core);
    }

    private List<int> Trace(List<int> core)
    {
        while (open.TryPop(out var at))
        {
            if (reason[at] == Assumed)
            {
                core.Add(at);
            }
            else if (reason[at] != Root)
            {
                Push(clauses[reason[at]]);
            }
        }

        core.Sort();
        return core;
    }

    private void Push(ReadOnlySpan<int> clause)
    {
        foreach (var literal in clause)
        {
            Push(literal);
        }
    }

    private void Push(int literal)
    {
        var variable = Math.Abs(literal);
        if (seen[variable] != stamp)
        {
            seen[variable] = stamp;
            open.Push(variable);
        }
    }

    private void Set(int literal, int because)
    {
        if (value[Math.Abs(literal)] == 0)
        {
            value[Math.Abs(literal)] = (sbyte)Math.Sign(literal);
            reason[Math.Abs(literal)] = because;
            trail.Add(literal);
        }
    }

    private void Grow()
    {
        var count = clauses.VariableCount + 1;
        if (count > value.Length)
        {
            Array.Resize(ref value, count * 2);
            Array.Resize(ref reason, count * 2);
            Array.Resize(ref seen, count * 2);
        }

        while (watchers.Count < count * 2)
        {
            watchers.Add([]);
        }
    }

    private static int Slot(int literal) => literal > 0 ? literal * 2 : -literal * 2 + 1;
}
