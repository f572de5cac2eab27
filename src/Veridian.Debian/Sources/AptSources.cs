namespace Veridian.Debian.Sources;

/// <summary>What one file of apt's source lists says.</summary>
/// <param name="Sources">Usable entries in file order, disabled ones included.</param>
/// <param name="Ignored">The others.</param>
public sealed record AptSources(IReadOnlyList<AptSource> Sources, IReadOnlyList<IgnoredAptSource> Ignored);
