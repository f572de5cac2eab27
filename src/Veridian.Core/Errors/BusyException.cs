namespace Veridian.Core.Errors;

/// <summary>Somebody else holds a lock: wait. Exit code 8.</summary>
public sealed class BusyException(ErrorCode code, string message, string hint, Exception? cause = null)
    : VeridianException(code, message, hint, cause);
