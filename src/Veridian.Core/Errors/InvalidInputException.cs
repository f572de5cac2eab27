namespace Veridian.Core.Errors;

/// <summary>A file or an option that a person wrote is wrong: mend it. Exit code 2.</summary>
public sealed class InvalidInputException(ErrorCode code, string message, string hint, SourceSpan? place = null, Exception? cause = null)
    : VeridianException(code, message, hint, cause)
{
    /// <summary>Where it stands, if it stands in a file.</summary>
    public SourceSpan? Place { get; } = place;
}
