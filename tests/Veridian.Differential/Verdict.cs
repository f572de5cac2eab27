using Veridian.Solver.Explaining;

namespace Veridian.Differential;

/// <summary>The two kinds of reasons why a package cannot be installed, as dose-debcheck has them too.</summary>
internal static class Verdict
{
    /// <summary><c>missing</c> where the conflict holds a row or request that nothing in the index matches, else <c>conflict</c>.</summary>
    public static string ReasonId(Conflict conflict) => conflict.Roots.Any(IsMissing) ? "missing" : "conflict";

    private static bool IsMissing(ConflictNode node) =>
        (node.Kind is ConflictKind.Needs or ConflictKind.Requested && node.Matches == 0) || node.Because.Any(IsMissing);
}
