using Veridian.Core.Packages;

namespace Veridian.Debian.Control;

/// <summary>What an index file says.</summary>
/// <param name="Entries">One per good stanza, in file order.</param>
/// <param name="Skipped">One per bad stanza; the first 1000 of them.</param>
public sealed record PackagesContent(IReadOnlyList<PackageEntry> Entries, IReadOnlyList<Deb822Diagnostic> Skipped);

/// <summary>Reads <c>Packages</c> index files.</summary>
/// <remarks>Source: <c>spec/debian-bridge.md</c> DB-12. One reader may read several files, and then shares the texts they have in common.</remarks>
public sealed class PackagesReader
{
    /// <summary>Reads one decompressed index file.</summary>
    /// <param name="text">The whole file.</param>
    /// <param name="source">Becomes <see cref="PackageEntry.Source"/>.</param>
    /// <param name="priority">Becomes <see cref="PackageEntry.Priority"/>.</param>
    public PackagesContent Read(ReadOnlySpan<byte> text, int source, int priority) => throw new NotSupportedException();
}
