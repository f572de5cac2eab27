using Veridian.Core.Errors;
using Veridian.Solver.Checking;
using Veridian.Solver.Explaining;
using Veridian.Solver.Indexing;
using Veridian.Solver.Ordering;
using Veridian.Solver.Presolving;
using Veridian.Solver.Searching;

namespace Veridian.Solver;

/// <summary>Finds the best selection of packages, or why there is none.</summary>
/// <remarks>Source: <c>spec/solving.md</c>. Deterministic: the same request on the same index has the same answer on every machine.</remarks>
public static class PackageSolver
{
    /// <summary>Solves one request. Safe to call from several threads at once on one index.</summary>
    /// <exception cref="UnavailableException">The request needs Z3 and its library is not installed.</exception>
    /// <exception cref="InvalidInputException">A constraint cannot be read.</exception>
    /// <exception cref="VeridianBugException">The answer did not pass its check.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; also in the middle of Z3's work.</exception>
    public static SolveResult Solve(PackageIndex index, SolveRequest request, CancellationToken cancellationToken)
    {
        var problem = new Problem(index, request);
        if (DemandReader.Read(problem) is { } refusal)
        {
            return refusal;
        }

        if (!new Presolve(problem).Run())
        {
            return Explain(problem, cancellationToken);
        }

        if (!request.ForceZ3 && new HornPass(problem).Run() is { } selection)
        {
            return Checked(problem, selection, new ObjectiveVector(0, 0, 0, 0, 0, 0, selection.Count), byHorn: true);
        }

        return Search(problem, cancellationToken) switch
        {
            { Selection: { } best, Level: Level.None } => Checked(problem, best, SelectionCost.Of(problem, best), byHorn: false),
            { Selection: { } found } outcome => BestFound(problem, NeededVersions.Of(problem, found), outcome),
            { Level: Level.None } => Explain(problem, cancellationToken),
            _ => new SolveResult.Undecided(),
        };
    }

    private static SolveResult.Solved BestFound(Problem problem, List<int> selection, SearchOutcome outcome)
    {
        var answer = Checked(problem, selection, SelectionCost.Of(problem, selection), byHorn: false);
        return answer with { Bound = answer.Objective.BoundAt(outcome.Level, outcome.Paid) };
    }

    private static SolveResult.Solved Checked(Problem problem, List<int> selection, ObjectiveVector costs, bool byHorn)
    {
        SelectionCheck.Verify(problem.Index, problem.Request, selection);
        return new SolveResult.Solved(InstallOrder.Of(problem, selection), costs, byHorn, Skipped(problem, selection));
    }

    private static SearchOutcome Search(Problem problem, CancellationToken cancellationToken)
    {
        using var search = new CoreGuidedSearch(problem, cancellationToken);
        return search.Run();
    }

    private static SolveResult.Unsolvable Explain(Problem presolved, CancellationToken cancellationToken)
    {
        var problem = new Problem(presolved.Index, presolved.Request);
        DemandReader.Read(problem);
        var search = new ConflictSearch(problem, presolved.ForcedNames, cancellationToken);
        return new SolveResult.Unsolvable(new ReasonTree(problem, search.Run(), search.IsMinimal).Build());
    }

    private static List<Requirement> Skipped(Problem problem, List<int> selection)
    {
        var skipped = new List<Requirement>();
        var requirements = problem.Request.Requirements;
        for (var i = 0; i < requirements.Count; i++)
        {
            var requirement = requirements[i];
            if (requirement.Optional && !IsSatisfied(problem, requirement, selection))
            {
                skipped.Add(requirement);
            }
        }

        return skipped;
    }

    private static bool IsSatisfied(Problem problem, Requirement requirement, List<int> selection)
    {
        foreach (var version in problem.Index.Matching(requirement))
        {
            if (problem.IsAssumed(version) || selection.Contains(version))
            {
                return true;
            }
        }

        return false;
    }
}
