namespace Veridian.Solver.Presolving;

/// <summary>A requirement resolved to the requirement set that satisfies it.</summary>
/// <param name="Set">The set's id, beyond those of the index.</param>
/// <param name="Requirement">Position in the request, or -1 for an essential package.</param>
/// <param name="Optional">May stay unsatisfied, at a price (S-10).</param>
internal readonly record struct Demand(int Set, int Requirement, bool Optional);
