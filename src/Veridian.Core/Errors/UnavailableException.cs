namespace Veridian.Core.Errors;

/// <summary>Nothing and nobody has it now: wait, or add a mirror. Exit code 5.</summary>
public sealed class UnavailableException(ErrorCode code, string message, string hint, Exception? cause = null)
    : VeridianException(code, message, hint, cause);
