namespace Veridian.Solver.Searching;

/// <summary>
/// The versions of one name in order of preference, spelled out one rung at a time. Rung k is true when the name is installed
/// in its version k or a later one: rung 0 says "installed", the others are one step of lag each, and no two versions can meet.
/// </summary>
internal sealed class Ladder(int name, int[] order, int installed)
{
    public int Name { get; } = name;

    /// <summary>All versions that are still possible, best first.</summary>
    public int[] Order { get; } = order;

    /// <summary>The variable of rung 0.</summary>
    public int Installed { get; } = installed;

    /// <summary>How many versions are spelled out.</summary>
    public int Built { get; set; }

    /// <summary>The variable of the first rung that is not spelled out, or 0.</summary>
    public int Top { get; set; } = installed;
}
