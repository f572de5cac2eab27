namespace Veridian.Core.Packages;

/// <summary>A <see cref="PackageEntry"/> whose texts are still bytes and whose rows are numbers: what an index of a million entries is built from.</summary>
/// <remarks>Valid only while it is handed over. The members mean what those of <see cref="PackageEntry"/> do. Fields, because a cold process compiles every accessor it meets.</remarks>
public ref struct RawPackageEntry
{
    /// <inheritdoc cref="PackageEntry.Name"/>
    public ReadOnlySpan<byte> Name;

    /// <inheritdoc cref="PackageEntry.Version"/>
    public ReadOnlySpan<byte> Version;

    /// <inheritdoc cref="PackageEntry.Scheme"/>
    public VersionScheme Scheme;

    /// <inheritdoc cref="PackageEntry.Architecture"/>
    public ReadOnlySpan<byte> Architecture;

    /// <inheritdoc cref="PackageEntry.Essential"/>
    public bool Essential;

    /// <summary>What the numbers below are of.</summary>
    public RelationRows Rows;

    /// <inheritdoc cref="PackageEntry.Depends"/>
    public ReadOnlySpan<int> Depends;

    /// <inheritdoc cref="PackageEntry.Recommends"/>
    public ReadOnlySpan<int> Recommends;

    /// <summary>Rows of one alternative: what must not be installed beside it.</summary>
    public ReadOnlySpan<int> Conflicts;

    /// <summary>Rows of one alternative: whose files it may replace.</summary>
    public ReadOnlySpan<int> Replaces;

    /// <summary>Rows of one alternative, of any version or of equal ones: the names it stands in for.</summary>
    public ReadOnlySpan<int> Provides;

    /// <inheritdoc cref="PackageEntry.DownloadBytes"/>
    public long DownloadBytes;

    /// <inheritdoc cref="PackageEntry.InstalledBytes"/>
    public long InstalledBytes;

    /// <inheritdoc cref="PackageEntry.Source"/>
    public int Source;

    /// <inheritdoc cref="PackageEntry.Offset"/>
    public long Offset;

    /// <inheritdoc cref="PackageEntry.Length"/>
    public int Length;

    /// <inheritdoc cref="PackageEntry.KnownSince"/>
    public long KnownSince;

    /// <inheritdoc cref="PackageEntry.Priority"/>
    public int Priority;
}
