namespace Veridian.Core.Errors;

/// <summary>No selection satisfies the profile: relax a requirement. Exit code 3.</summary>
public sealed class UnsolvableException(ErrorCode code, string message, string hint, Exception? cause = null)
    : VeridianException(code, message, hint, cause);
