using Veridian.Core.Packages;

namespace Veridian.Debian.Control;

/// <summary>What an index file says.</summary>
/// <param name="Entries">One per good stanza, in file order.</param>
/// <param name="Skipped">One per bad stanza; the first 1000 of them.</param>
public sealed record PackagesContent(IReadOnlyList<PackageEntry> Entries, IReadOnlyList<Deb822Diagnostic> Skipped);
