using Veridian.Core.Packages;

namespace Veridian.Solver.Indexing;

/// <summary>One version while the index is built: names, texts and rows are interned already, ids are those of arrival.</summary>
internal readonly struct DraftVersion(RawPackageEntry entry, int name, int text, int architecture)
{
    public readonly int Name = name;

    public readonly int Text = text;

    public readonly int Architecture = architecture;

    public readonly int Priority = entry.Priority;

    public readonly byte Flags = (byte)((entry.Essential ? IndexFormat.EssentialFlag : 0) | ((int)entry.Scheme << IndexFormat.SchemeShift));

    public readonly long DownloadBytes = entry.DownloadBytes;

    public readonly long InstalledBytes = entry.InstalledBytes;

    public readonly uint KnownSince = (uint)Math.Clamp(entry.KnownSince, 0, uint.MaxValue);

    public readonly int Source = entry.Source;

    public readonly int Length = entry.Length;

    public readonly long Offset = entry.Offset;

    /// <summary>Clause ids.</summary>
    public ListPlace Depends { get; init; }

    /// <summary>Clause ids.</summary>
    public ListPlace Recommends { get; init; }

    /// <summary>Clause ids, each of one relation.</summary>
    public ListPlace Conflicts { get; init; }

    /// <summary>Name ids and text ids in turn.</summary>
    public ListPlace Provides { get; init; }

    public VersionScheme Scheme => (VersionScheme)(Flags >> IndexFormat.SchemeShift);
}
