namespace Veridian.Core.Errors;

/// <summary>Something a person must read. One subclass per thing the reader can do about it.</summary>
/// <remarks>Source: <c>spec/errors.md</c>. Only the command line turns classes into exit codes.</remarks>
public abstract class VeridianException : Exception
{
    private protected VeridianException(ErrorCode code, string message, string hint, Exception? cause)
        : base(message, cause)
    {
        Code = code;
        Hint = hint;
    }

    /// <summary>The stable id.</summary>
    public ErrorCode Code { get; }

    /// <summary>What to do next: one imperative sentence, empty only where nothing can be done.</summary>
    public string Hint { get; }
}
