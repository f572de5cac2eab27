namespace Veridian.Solver.Z3;

/// <summary>What Z3 says about clauses and assumptions.</summary>
internal enum Verdict
{
    /// <summary>They can hold together.</summary>
    Possible,

    /// <summary>They cannot; there is a core.</summary>
    Impossible,

    /// <summary>The limits ran out first.</summary>
    Unknown,
}
