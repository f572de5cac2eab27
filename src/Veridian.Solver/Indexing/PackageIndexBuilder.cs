using Veridian.Core.Packages;

namespace Veridian.Solver.Indexing;

/// <summary>Gathers package entries and writes the binary index that <see cref="PackageIndex"/> reads.</summary>
/// <remarks>Source: <c>store-format/index/README.md</c>. The same entries in the same order give the same bytes. Not thread-safe.</remarks>
public sealed class PackageIndexBuilder
{
    /// <summary>Takes one version of one package. Of two with the same name and version the one with the higher priority stays, then the first.</summary>
    public void Add(PackageEntry entry) => throw new NotSupportedException();

    /// <summary>Writes the whole index from the stream's position on; the stream stays open.</summary>
    public void Write(Stream to) => throw new NotSupportedException();
}
