using System.Runtime.InteropServices;
using Veridian.Solver.Z3;

namespace Veridian.Solver.Searching;

/// <summary>Hands clauses to Z3 and keeps a copy for unit propagation here.</summary>
internal sealed class ClauseLog(Z3Session z3)
{
    private readonly List<int> literals = [];
    private readonly List<int> starts = [0];

    public int VariableCount => z3.VariableCount;

    public int Count => starts.Count - 1;

    public ReadOnlySpan<int> this[int clause] => CollectionsMarshal.AsSpan(literals)[starts[clause]..starts[clause + 1]];

    public int NewVariable() => z3.NewVariable();

    public void Add(params ReadOnlySpan<int> clause)
    {
        literals.AddRange(clause);
        starts.Add(literals.Count);
        z3.AddClause(clause);
    }
}
