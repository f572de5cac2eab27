using Veridian.Core.Packages;

namespace Veridian.Solver.Indexing;

/// <summary>One version while the index is built: names, texts and rows are interned already, ids are those of arrival.</summary>
internal sealed class DraftVersion(PackageEntry entry, int name, int text, int architecture)
{
    public int Name { get; } = name;

    public int Text { get; } = text;

    public int Architecture { get; } = architecture;

    public string VersionText { get; } = entry.Version;

    public VersionScheme Scheme { get; } = entry.Scheme;

    public bool Essential { get; } = entry.Essential;

    public int Priority { get; } = entry.Priority;

    public long DownloadBytes { get; } = entry.DownloadBytes;

    public long InstalledBytes { get; } = entry.InstalledBytes;

    public long KnownSince { get; } = entry.KnownSince;

    public int Source { get; } = entry.Source;

    public long Offset { get; } = entry.Offset;

    public int Length { get; } = entry.Length;

    /// <summary>Clause ids.</summary>
    public required int[] Depends { get; init; }

    /// <summary>Clause ids.</summary>
    public required int[] Recommends { get; init; }

    /// <summary>Clause ids, each of one relation.</summary>
    public required int[] Conflicts { get; init; }

    /// <summary>Name ids and text ids in turn.</summary>
    public required int[] Provides { get; init; }
}
