using Veridian.Core.Hashing;

namespace Veridian.Debian.Control;

/// <summary>All that an index says of one selected package, for downloading it and for showing it.</summary>
public sealed record PackageRecord
{
    /// <summary>The package's name.</summary>
    public required string Name { get; init; }

    /// <summary>Its version text.</summary>
    public required string Version { get; init; }

    /// <summary>Debian's word: <c>amd64</c>, <c>all</c>, ...</summary>
    public required string Architecture { get; init; }

    /// <summary>Where the .deb is, relative to the repository's base; a path inside (N-4).</summary>
    public required string Filename { get; init; }

    /// <summary>Length of the .deb in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>Digest of the .deb.</summary>
    public required Sha256Digest Sha256 { get; init; }

    /// <summary>Bytes on disk as stated; 0 where nothing is stated.</summary>
    public long InstalledBytes { get; init; }

    /// <summary>The name of the source package; the package's own where nothing is stated.</summary>
    public string Source { get; init; } = "";

    /// <summary>First line of the description.</summary>
    public string Summary { get; init; } = "";

    /// <summary>The other lines, unindented, <c>.</c> lines empty; empty where the index has only the summary.</summary>
    public string Description { get; init; } = "";

    /// <summary>Project page.</summary>
    public string Homepage { get; init; } = "";

    /// <summary>Section, such as <c>utils</c>.</summary>
    public string Section { get; init; } = "";

    /// <summary>Who looks after it.</summary>
    public string Maintainer { get; init; } = "";

    /// <summary><c>same</c>, <c>foreign</c>, <c>allowed</c>, <c>no</c> or empty.</summary>
    public string MultiArch { get; init; } = "";

    /// <summary>The field as it stands.</summary>
    public string Depends { get; init; } = "";

    /// <summary>The field as it stands.</summary>
    public string PreDepends { get; init; } = "";

    /// <summary>The field as it stands.</summary>
    public string Recommends { get; init; } = "";

    /// <summary>The field as it stands.</summary>
    public string Suggests { get; init; } = "";

    /// <summary>The field as it stands.</summary>
    public string Provides { get; init; } = "";
}
