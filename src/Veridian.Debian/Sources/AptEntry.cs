using Veridian.Core.Errors;

namespace Veridian.Debian.Sources;

/// <summary>An entry as its syntax gives it, before anything is judged.</summary>
/// <param name="Place">Where it starts.</param>
/// <param name="Text">Its first line.</param>
/// <param name="Source">What it says; null where it cannot be read.</param>
/// <param name="Reason">Why it cannot be read.</param>
internal sealed record AptEntry(SourceSpan Place, string Text, AptSource? Source, string Reason = "");
