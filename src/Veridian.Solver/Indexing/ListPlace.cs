namespace Veridian.Solver.Indexing;

/// <summary>A list among the lists of all drafts.</summary>
internal readonly record struct ListPlace(int Start, int Length);
