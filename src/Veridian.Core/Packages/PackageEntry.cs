namespace Veridian.Core.Packages;

/// <summary>What a repository's index says of one version of one package: all that solving needs, and where the rest stands.</summary>
public sealed record PackageEntry
{
    /// <summary>The package's name.</summary>
    public required string Name { get; init; }

    /// <summary>Its version text.</summary>
    public required string Version { get; init; }

    /// <summary>How the version is ordered.</summary>
    public required VersionScheme Scheme { get; init; }

    /// <summary>Debian's word: <c>amd64</c>, <c>all</c>, ...</summary>
    public required string Architecture { get; init; }

    /// <summary>Part of every environment without being asked for.</summary>
    public bool Essential { get; init; }

    /// <summary>Every row must be satisfied by one of its alternatives; the first one is preferred. Pre-dependencies are rows like any other.</summary>
    public IReadOnlyList<Relation[]> Depends { get; init; } = [];

    /// <summary>Rows that are wanted only where the profile asks for recommendations.</summary>
    public IReadOnlyList<Relation[]> Recommends { get; init; } = [];

    /// <summary>What must not be installed beside it (Debian's Conflicts and Breaks). Never matches the package itself.</summary>
    public IReadOnlyList<Relation> Conflicts { get; init; } = [];

    /// <summary>Whose files it may replace.</summary>
    public IReadOnlyList<Relation> Replaces { get; init; } = [];

    /// <summary>Names it stands in for.</summary>
    public IReadOnlyList<ProvidedName> Provides { get; init; } = [];

    /// <summary>Bytes to download.</summary>
    public long DownloadBytes { get; init; }

    /// <summary>Bytes on disk as the repository states them.</summary>
    public long InstalledBytes { get; init; }

    /// <summary>Which of the caller's index files the record stands in.</summary>
    public int Source { get; init; }

    /// <summary>Where the record starts in that file, in bytes of its decompressed text.</summary>
    public long Offset { get; init; }

    /// <summary>The record's length in bytes.</summary>
    public int Length { get; init; }

    /// <summary>The time at which the version existed at the latest, in whole seconds since 1970; 0 where nobody has said: then it counts as always known.</summary>
    public long KnownSince { get; init; }

    /// <summary>The repository's priority: higher wins before newer.</summary>
    public int Priority { get; init; }
}
