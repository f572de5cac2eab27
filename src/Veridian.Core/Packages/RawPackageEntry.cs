namespace Veridian.Core.Packages;

/// <summary>A <see cref="PackageEntry"/> whose texts are still bytes and whose rows are numbers: what an index of a million entries is built from.</summary>
/// <remarks>Valid only while it is handed over. The members mean what those of <see cref="PackageEntry"/> do.</remarks>
public ref struct RawPackageEntry
{
    /// <inheritdoc cref="PackageEntry.Name"/>
    public ReadOnlySpan<byte> Name { get; set; }

    /// <inheritdoc cref="PackageEntry.Version"/>
    public ReadOnlySpan<byte> Version { get; set; }

    /// <inheritdoc cref="PackageEntry.Scheme"/>
    public VersionScheme Scheme { get; set; }

    /// <inheritdoc cref="PackageEntry.Architecture"/>
    public ReadOnlySpan<byte> Architecture { get; set; }

    /// <inheritdoc cref="PackageEntry.Essential"/>
    public bool Essential { get; set; }

    /// <summary>What the numbers below are of.</summary>
    public RelationRows Rows { get; set; }

    /// <inheritdoc cref="PackageEntry.Depends"/>
    public ReadOnlySpan<int> Depends { get; set; }

    /// <inheritdoc cref="PackageEntry.Recommends"/>
    public ReadOnlySpan<int> Recommends { get; set; }

    /// <summary>Rows of one alternative: what must not be installed beside it.</summary>
    public ReadOnlySpan<int> Conflicts { get; set; }

    /// <summary>Rows of one alternative: whose files it may replace.</summary>
    public ReadOnlySpan<int> Replaces { get; set; }

    /// <summary>Rows of one alternative, of any version or of equal ones: the names it stands in for.</summary>
    public ReadOnlySpan<int> Provides { get; set; }

    /// <inheritdoc cref="PackageEntry.DownloadBytes"/>
    public long DownloadBytes { get; set; }

    /// <inheritdoc cref="PackageEntry.InstalledBytes"/>
    public long InstalledBytes { get; set; }

    /// <inheritdoc cref="PackageEntry.Source"/>
    public int Source { get; set; }

    /// <inheritdoc cref="PackageEntry.Offset"/>
    public long Offset { get; set; }

    /// <inheritdoc cref="PackageEntry.Length"/>
    public int Length { get; set; }

    /// <inheritdoc cref="PackageEntry.KnownSince"/>
    public long KnownSince { get; set; }

    /// <inheritdoc cref="PackageEntry.Priority"/>
    public int Priority { get; set; }
}
