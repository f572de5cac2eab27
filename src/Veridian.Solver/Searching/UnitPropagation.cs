namespace Veridian.Solver.Searching;

/// <summary>What follows from the clauses one literal at a time. Finds forced costs without asking Z3 for one core after the other.</summary>
internal sealed class UnitPropagation
{
    private readonly ClauseLog clauses;
    private readonly sbyte[] value;
    private readonly int[] open;
    private readonly int[] occurrenceStart;
    private readonly int[] occurrence;
    private readonly Stack<int> trail = new();

    private UnitPropagation(ClauseLog clauses)
    {
        this.clauses = clauses;
        value = new sbyte[clauses.VariableCount + 1];
        open = new int[clauses.Count];
        (occurrenceStart, occurrence) = Occurrences();
    }

    /// <summary>By variable: 1 true, -1 false, 0 open.</summary>
    public static sbyte[] Values(ClauseLog clauses)
    {
        var propagation = new UnitPropagation(clauses);
        propagation.Run();
        return propagation.value;
    }

    private static int Slot(int literal) => literal > 0 ? literal * 2 : -literal * 2 + 1;

    private (int[] Start, int[] Clauses) Occurrences()
    {
        var start = new int[value.Length * 2 + 1];
        for (var clause = 0; clause < open.Length; clause++)
        {
            open[clause] = clauses[clause].Length;
            foreach (var literal in clauses[clause])
            {
                start[Slot(literal) + 1]++;
            }
        }

        for (var slot = 1; slot < start.Length; slot++)
        {
            start[slot] += start[slot - 1];
        }

        var (list, next) = (new int[start[^1]], start.AsSpan().ToArray());
        for (var clause = 0; clause < open.Length; clause++)
        {
            foreach (var literal in clauses[clause])
            {
                list[next[Slot(literal)]++] = clause;
            }
        }

        return (start, list);
    }

    private void Run()
    {
        for (var clause = 0; clause < open.Length; clause++)
        {
            if (open[clause] == 1)
            {
                Set(clauses[clause][0]);
            }
        }

        while (trail.TryPop(out var literal))
        {
            var falsified = Slot(-literal);
            for (var i = occurrenceStart[falsified]; i < occurrenceStart[falsified + 1]; i++)
            {
                if (--open[occurrence[i]] == 1)
                {
                    SetLast(occurrence[i]);
                }
            }
        }
    }

    private void SetLast(int clause)
    {
        var last = 0;
        foreach (var literal in clauses[clause])
        {
            switch (value[Math.Abs(literal)] * Math.Sign(literal))
            {
                case > 0:
                    return;
                case 0:
                    last = literal;
                    break;
                default:
                    break;
            }
        }

        if (last != 0)
        {
            Set(last);
        }
    }

    private void Set(int literal)
    {
        if (value[Math.Abs(literal)] == 0)
        {
            value[Math.Abs(literal)] = (sbyte)Math.Sign(literal);
            trail.Push(literal);
        }
    }
}
