using Veridian.Core.Errors;

namespace Veridian.Debian.Sources;

/// <summary>An entry that cannot be used.</summary>
/// <param name="Place">Where it stands.</param>
/// <param name="Text">Its first line.</param>
/// <param name="Reason">Why, as a sentence.</param>
public sealed record IgnoredAptSource(SourceSpan Place, string Text, string Reason);
