namespace Veridian.Solver.Searching;

/// <summary>How a search ended.</summary>
/// <param name="Selection">The best selection found; null for none.</param>
/// <param name="Level">The level that was not finished; <see cref="Level.None"/> if all were: then the selection is the optimum, and none means that there is none.</param>
/// <param name="Paid">What every selection costs on that level at least.</param>
internal sealed record SearchOutcome(List<int>? Selection, Level Level, int Paid)
{
    /// <summary>Everything was decided.</summary>
    public static SearchOutcome Decided(List<int>? selection) => new(selection, Level.None, 0);
}
