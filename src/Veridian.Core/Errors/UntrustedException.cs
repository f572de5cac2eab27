namespace Veridian.Core.Errors;

/// <summary>Bytes or metadata that must not be believed: stop and tell someone. Exit code 4.</summary>
public sealed class UntrustedException(ErrorCode code, string message, string hint, Exception? cause = null)
    : VeridianException(code, message, hint, cause);
