using Veridian.Core.Errors;
using Veridian.Solver.Indexing;

namespace Veridian.Solver;

/// <summary>Finds the best selection of packages, or why there is none.</summary>
/// <remarks>Source: <c>spec/solving.md</c>. Deterministic: the same request on the same index has the same answer on every machine.</remarks>
public static class PackageSolver
{
    /// <summary>Solves one request. Safe to call from several threads at once on one index.</summary>
    /// <exception cref="UnavailableException">The request needs Z3 and its library is not installed.</exception>
    /// <exception cref="InvalidInputException">A constraint cannot be read.</exception>
    /// <exception cref="VeridianBugException">The answer did not pass its check.</exception>
    public static SolveResult Solve(PackageIndex index, SolveRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();
}
