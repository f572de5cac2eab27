namespace Veridian.Core.Errors;

/// <summary>A build or an activation step failed: read its log. Exit code 6.</summary>
public sealed class BuildFailedException(ErrorCode code, string message, string hint, Exception? cause = null)
    : VeridianException(code, message, hint, cause);
