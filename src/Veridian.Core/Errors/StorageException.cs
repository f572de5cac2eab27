namespace Veridian.Core.Errors;

/// <summary>The disk is full, read-only or broken; nothing is damaged. Exit code 5.</summary>
public sealed class StorageException(ErrorCode code, string message, string hint, Exception? cause = null)
    : VeridianException(code, message, hint, cause);
