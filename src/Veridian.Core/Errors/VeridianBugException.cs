namespace Veridian.Core.Errors;

/// <summary>A promise of our own code was broken: report it. Exit code 1.</summary>
public sealed class VeridianBugException(ErrorCode code, string message, string hint, Exception? cause = null)
    : VeridianException(code, message, hint, cause);
