using System.Diagnostics.CodeAnalysis;
using Veridian.Core.Errors;

namespace Veridian.Solver.Indexing;

/// <summary>A read-only index of packages, used in place without parsing.</summary>
/// <remarks>
/// Source: <c>store-format/index/README.md</c>. Names are sorted by their bytes; the versions of a name stand together, best first:
/// higher repository priority, then newer. Everything is addressed by ids that are positions. Safe to use from several threads.
/// </remarks>
public sealed class PackageIndex : IDisposable
{
    /// <summary>Checks the bytes and uses them in place. The memory must stay unchanged until this is disposed.</summary>
    /// <exception cref="StoreDamagedException">The bytes are no index of this format version, or damaged.</exception>
    public static PackageIndex Open(ReadOnlyMemory<byte> bytes) => throw new NotSupportedException();

    /// <summary>As <see cref="Open"/>, but foreign or damaged bytes give false and a reason for people: the caller builds the index anew.</summary>
    public static bool TryOpen(ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out PackageIndex? index, out string refusal) => throw new NotSupportedException();

    /// <summary>How many names there are, real, virtual or only mentioned.</summary>
    public int NameCount => throw new NotSupportedException();

    /// <summary>How many versions there are in all.</summary>
    public int VersionCount => throw new NotSupportedException();

    /// <inheritdoc/>
    public void Dispose() => throw new NotSupportedException();

    /// <summary>The name's id, or -1.</summary>
    public int FindName(ReadOnlySpan<char> name) => throw new NotSupportedException();

    /// <summary>The name's text.</summary>
    public string NameText(int name) => throw new NotSupportedException();

    /// <summary>The version ids of a name, best first; empty for a name that is only virtual or mentioned.</summary>
    public Range VersionsOf(int name) => throw new NotSupportedException();

    /// <summary>The version with exactly this text, or -1.</summary>
    public int FindVersion(ReadOnlySpan<char> name, ReadOnlySpan<char> version) => throw new NotSupportedException();

    /// <summary>The name of a version.</summary>
    public int NameOf(int version) => throw new NotSupportedException();

    /// <summary>The version's text.</summary>
    public string VersionText(int version) => throw new NotSupportedException();

    /// <summary>The architecture's text.</summary>
    public string Architecture(int version) => throw new NotSupportedException();

    /// <summary>Whether it is part of every environment.</summary>
    public bool IsEssential(int version) => throw new NotSupportedException();

    /// <summary>Whether it can never be installed, whatever is asked for, because of a row that nothing can satisfy.</summary>
    public bool IsDead(int version) => throw new NotSupportedException();

    /// <summary>Bytes to download.</summary>
    public long DownloadBytes(int version) => throw new NotSupportedException();

    /// <summary>Bytes on disk as the repository states them.</summary>
    public long InstalledBytes(int version) => throw new NotSupportedException();

    /// <summary>Where the full record stands: the caller's file number, and bytes in its decompressed text.</summary>
    public (int Source, long Offset, int Length) Record(int version) => throw new NotSupportedException();
}
