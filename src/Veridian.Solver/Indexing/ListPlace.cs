namespace Veridian.Solver.Indexing;

/// <summary>A list among the lists of all drafts.</summary>
internal readonly struct ListPlace(int start, int length)
{
    public readonly int Start = start;
    public readonly int Length = length;
}
