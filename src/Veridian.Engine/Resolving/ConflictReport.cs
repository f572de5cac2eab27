using Veridian.Core.Errors;
using Veridian.Solver;
using Veridian.Solver.Explaining;
using Veridian.Solver.Indexing;

namespace Veridian.Engine.Resolving;

/// <summary>Says why a request has no answer, and what would give it one.</summary>
internal static class ConflictReport
{
    /// <summary>The error: the reasons as a tree, then what to change, each tried before it is told (S-17, S-20).</summary>
    public static UnsolvableException Make(PackageIndex index, SolveRequest request, Conflict conflict, CancellationToken cancellationToken)
    {
        var fixes = FixSearch.Find(index, request, conflict, cancellationToken).Where(GivesWhatIsAsked).Select(Describe).ToArray();
        var remark = conflict.IsMinimal ? "" : "\n(The time ran out: some of these may have no part in it.)";
        var help = fixes.Length == 0 ? "" : "\nEach of these would do:" + string.Concat(fixes.Select((fix, at) =>
            $"\n  {at + 1}. {fix.Change}{(fix.Command.Length > 0 ? $": {fix.Command}" : "")}"));
        return new UnsolvableException(ErrorCodes.Unsolvable,
            $"The requirements contradict each other:\n{ConflictPrinter.Print(conflict)}{remark}{help}", Hint(fixes))
        {
            Reasons = [.. conflict.Roots.Select(Text)],
            Fixes = fixes,
        };
    }

    /// <summary>Not asking for what was asked about is no answer.</summary>
    private static bool GivesWhatIsAsked(Fix fix) => !fix.Changes.Any(change => change.Origin == Inspecting.Counterfactual.Origin);

    private static string Hint(SuggestedFix[] fixes) => fixes.Count(fix => fix.Command.Length > 0) is var commands and > 0
        ? $"Run {(commands == 1 ? "this command" : "one of these commands")}, or make the change in the profile."
        : fixes.Length > 0 ? "Change the profile in one of the ways listed." : "Relax or remove one of the requirements named above.";

    private static ReasonText Text(ConflictNode node) => new(ConflictPrinter.Sentence(node), [.. node.Because.Select(Text)]);

    private static SuggestedFix Describe(Fix fix) => new(
        string.Join(" and ", fix.Changes), fix.Changes is [var only] ? Command(only) : "", fix.Objective.ToString(), fix.Packages);

    private static string Command(RequestChange change) => change.Kind switch
    {
        RequestChangeKind.Relax => $"vpkg install '{change.Name}{(change.Constraint == "*" ? "@*" : change.Constraint)}'",
        RequestChangeKind.Drop => $"vpkg remove {change.Name}",
        _ => "",
    };
}
