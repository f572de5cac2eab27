namespace Veridian.Debian.Archive;

/// <summary>What a tar entry is.</summary>
public enum TarEntryKind
{
    /// <summary>A regular file.</summary>
    File,

    /// <summary>Another name for an earlier file.</summary>
    HardLink,

    /// <summary>A symbolic link.</summary>
    SymbolicLink,

    /// <summary>A directory.</summary>
    Directory,

    /// <summary>A character or block device, or a FIFO.</summary>
    Special,
}

/// <summary>One entry of a tar archive as it stands there: names are valid UTF-8 without NUL, and nothing more is known of them.</summary>
public sealed record TarEntry
{
    /// <summary>What it is.</summary>
    public required TarEntryKind Kind { get; init; }

    /// <summary>The name as written, such as <c>./usr/bin/jq</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The target of a hard or symbolic link as written; else empty.</summary>
    public required string LinkTarget { get; init; }

    /// <summary>Permission bits with set-id and sticky bits (07777).</summary>
    public required int Mode { get; init; }

    /// <summary>Bytes of a file; 0 for all else.</summary>
    public required long Length { get; init; }

    /// <summary>The file's bytes, until the next entry is asked for.</summary>
    public required Stream Content { get; init; }

    /// <summary>Names of extended attributes that came with the entry and were not read.</summary>
    public IReadOnlyList<string> IgnoredAttributes { get; init; } = [];
}
