namespace Veridian.Core.Errors;

/// <summary>A place in a text that a person wrote.</summary>
/// <param name="File">The file as the person named it.</param>
/// <param name="Line">From 1; 0 where only the file is known.</param>
/// <param name="Column">From 1, counted in Unicode scalar values; 0 where only the line is known.</param>
public sealed record SourceSpan(string File, int Line, int Column)
{
    /// <summary><c>file:line:column</c>, as editors and terminals understand it.</summary>
    public override string ToString() => (Line, Column) switch
    {
        (0, _) => File,
        (_, 0) => $"{File}:{Line}",
        _ => $"{File}:{Line}:{Column}",
    };
}
