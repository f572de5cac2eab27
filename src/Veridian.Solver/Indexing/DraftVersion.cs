using Veridian.Core.Packages;

namespace Veridian.Solver.Indexing;

/// <summary>One version while the index is built: names, texts and rows are interned already, ids are those of arrival.</summary>
internal readonly struct DraftVersion
{
    public readonly int Name;
    public readonly int Text;
    public readonly int Architecture;
    public readonly int Priority;
    public readonly byte Flags;
    public readonly long DownloadBytes;
    public readonly long InstalledBytes;
    public readonly uint KnownSince;
    public readonly int Source;
    public readonly int Length;
    public readonly long Offset;

    public DraftVersion(in RawPackageEntry entry, int name, int text, int architecture)
    {
        (Name, Text, Architecture) = (name, text, architecture);
        Priority = entry.Priority;
        Flags = (byte)((entry.Essential ? IndexFormat.EssentialFlag : 0) | ((int)entry.Scheme << IndexFormat.SchemeShift));
        (DownloadBytes, InstalledBytes) = (entry.DownloadBytes, entry.InstalledBytes);
        KnownSince = (uint)Math.Clamp(entry.KnownSince, 0, uint.MaxValue);
        (Source, Offset, Length) = (entry.Source, entry.Offset, entry.Length);
    }

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
