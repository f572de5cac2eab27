namespace Veridian.Solver.Presolving;

/// <summary>A requirement resolved to the requirement set that satisfies it.</summary>
/// <remarks>A class, because a list of our own structs would be compiled anew in every process.</remarks>
/// <param name="set">The set's id, beyond those of the index.</param>
/// <param name="requirement">Position in the request, or -1 for an essential package.</param>
/// <param name="optional">May stay unsatisfied, at a price (S-10).</param>
internal sealed class Demand(int set, int requirement, bool optional)
{
    public readonly int Set = set;
    public readonly int Requirement = requirement;
    public readonly bool Optional = optional;
}
