namespace Veridian.Solver.Searching;

/// <summary>The levels of the objective, most important first (S-8).</summary>
internal enum Level
{
    None = -2,

    /// <summary>Before all levels: any selection will do.</summary>
    Feasible = -1,

    Optional = 0,
    Lock = 1,
    Requested = 2,
    Other = 3,
    Recommends = 4,
    SecondChoice = 5,
    Packages = 6,
    Count = 7,
}
