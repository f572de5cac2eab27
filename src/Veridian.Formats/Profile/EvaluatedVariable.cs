using Veridian.Core.Errors;

namespace Veridian.Formats.Profile;

/// <summary>A variable whose references to other variables are resolved; host variables are filled in when it is used.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Parts">Literal texts and host variables in order.</param>
/// <param name="Span">Where its key stands.</param>
public sealed record EvaluatedVariable(string Name, IReadOnlyList<VariablePart> Parts, SourceSpan Span)
{
    /// <summary>The value, with host variables asked of <paramref name="host"/>; one the host lacks counts as empty.</summary>
    public string Expand(Func<string, string?> host) =>
        string.Concat(Parts.Select(part => part.IsHostVariable ? host(part.Text) ?? "" : part.Text));
}

/// <summary>A piece of a variable's value.</summary>
/// <param name="Text">Literal text, or the name of a host variable.</param>
/// <param name="IsHostVariable">Which of the two.</param>
public readonly record struct VariablePart(string Text, bool IsHostVariable);
