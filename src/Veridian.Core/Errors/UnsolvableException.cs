namespace Veridian.Core.Errors;

/// <summary>No selection satisfies the profile: relax a requirement. Exit code 3.</summary>
public sealed class UnsolvableException(ErrorCode code, string message, string hint, Exception? cause = null, SourceSpan? place = null)
    : VeridianException(code, message, hint, cause)
{
    /// <summary>Where the one requirement stands that cannot be met; null where several contradict each other.</summary>
    public SourceSpan? Place { get; } = place;

    /// <summary>Why, as trees that start at what was asked for; empty where there is no more to say than the message.</summary>
    public IReadOnlyList<ReasonText> Reasons { get; init; } = [];

    /// <summary>Changes of the profile that would help, each tried, best first; at most five.</summary>
    public IReadOnlyList<SuggestedFix> Fixes { get; init; } = [];
}

/// <summary>One reason and those that follow from it.</summary>
/// <param name="Text">A sentence without a full stop.</param>
/// <param name="Because">The reasons that follow.</param>
public sealed record ReasonText(string Text, IReadOnlyList<ReasonText> Because);

/// <summary>A change of the profile that was solved before it is told.</summary>
/// <param name="Change">What to change, such as <c>drop postfix</c>.</param>
/// <param name="Command">What to type; empty where the profile must be edited by hand.</param>
/// <param name="Costs">What the selection would cost (S-8).</param>
/// <param name="Packages">How many packages it would have.</param>
public sealed record SuggestedFix(string Change, string Command, string Costs, int Packages);
