namespace Veridian.Core.Errors;

/// <summary>No selection satisfies the profile: relax a requirement. Exit code 3.</summary>
public sealed class UnsolvableException(ErrorCode code, string message, string hint, Exception? cause = null, SourceSpan? place = null)
    : VeridianException(code, message, hint, cause)
{
    /// <summary>Where the one requirement stands that cannot be met; null where several contradict each other.</summary>
    public SourceSpan? Place { get; } = place;
}
