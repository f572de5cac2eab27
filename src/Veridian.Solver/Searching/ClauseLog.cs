using System.Runtime.InteropServices;

namespace Veridian.Solver.Searching;

/// <summary>Clauses in the order in which they were stated. Variables are 1, 2, ...; a literal is a variable or its negative.</summary>
internal sealed class ClauseLog
{
    private readonly List<int> literals = [];
    private readonly List<int> starts = [0];

    public int VariableCount { get; private set; }

    public int Count => starts.Count - 1;

    public ReadOnlySpan<int> this[int clause] => CollectionsMarshal.AsSpan(literals)[starts[clause]..starts[clause + 1]];

    public int NewVariable() => ++VariableCount;

    public void Add(params ReadOnlySpan<int> clause)
    {
        literals.AddRange(clause);
        starts.Add(literals.Count);
    }
}
