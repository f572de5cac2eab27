namespace Veridian.Solver.Explaining;

/// <summary>Writes a conflict for people, as an indented tree.</summary>
public static class ConflictPrinter
{
    /// <summary>Lines separated by <c>\n</c>, without a last one.</summary>
    public static string Print(Conflict conflict) => throw new NotSupportedException();
}
