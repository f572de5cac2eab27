namespace Veridian.Debian.Control;

/// <summary>A stanza that was skipped, and why.</summary>
/// <param name="Offset">Where the stanza starts, in bytes of the text.</param>
/// <param name="Package">Its package name, or empty where even that is unknown.</param>
/// <param name="Reason">A sentence for people.</param>
public sealed record Deb822Diagnostic(long Offset, string Package, string Reason);
