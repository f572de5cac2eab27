namespace Veridian.Formats.Compression;

/// <summary>The compressed formats that are read.</summary>
public enum CompressionFormat
{
    /// <summary>One gzip member (RFC 1952).</summary>
    Gzip,

    /// <summary>One .xz stream.</summary>
    Xz,

    /// <summary>One Zstandard frame (RFC 8878).</summary>
    Zstd,
}
