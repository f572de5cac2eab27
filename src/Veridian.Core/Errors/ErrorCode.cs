namespace Veridian.Core.Errors;

/// <summary>The stable id of one kind of error, as printed in <c>error[VS1001]</c>.</summary>
/// <remarks>Source: <c>spec/errors.md</c>. An id is never reused for another meaning.</remarks>
/// <param name="Id">"VS" and four digits; the first digit is the class.</param>
/// <param name="Title">What happened, in a few words, for lists and manual pages.</param>
public sealed record ErrorCode(string Id, string Title)
{
    /// <summary>The id.</summary>
    public override string ToString() => Id;
}
