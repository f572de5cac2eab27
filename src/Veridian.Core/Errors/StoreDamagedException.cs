namespace Veridian.Core.Errors;

/// <summary>Something in the store is not what it was: verify and repair. Exit code 7.</summary>
public sealed class StoreDamagedException(ErrorCode code, string message, string hint, Exception? cause = null)
    : VeridianException(code, message, hint, cause);
