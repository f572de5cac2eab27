using System.Runtime.InteropServices;
using Veridian.Solver.Z3;

namespace Veridian.Solver.Searching;

/// <summary>Keeps clauses for unit propagation here, and hands them to Z3 where there is a session.</summary>
internal sealed class ClauseLog(Z3Session? z3)
{
    private readonly List<int> literals = [];
    private readonly List<int> starts = [0];
    private int variables;

    public int VariableCount => z3?.VariableCount ?? variables;

    public int Count => starts.Count - 1;

    public ReadOnlySpan<int> this[int clause] => CollectionsMarshal.AsSpan(literals)[starts[clause]..starts[clause + 1]];

    public int NewVariable() => z3?.NewVariable() ?? ++variables;

    public void Add(params ReadOnlySpan<int> clause)
    {
        literals.AddRange(clause);
        starts.Add(literals.Count);
        z3?.AddClause(clause);
    }
}
