namespace Veridian.Formats.Compression;

/// <summary>Opens compressed bytes under limits.</summary>
/// <remarks>Source: <c>spec/debian-bridge.md</c> DB-1.</remarks>
public static class Decompressor
{
    private static ReadOnlySpan<byte> XzMagic => [0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0];

    private static ReadOnlySpan<byte> ZstdMagic => [0x28, 0xB5, 0x2F, 0xFD];

    private static ReadOnlySpan<byte> GzipMagic => [0x1F, 0x8B];

    /// <summary>Picks the format by its first bytes. The source is read to its end and stays the caller's.</summary>
    /// <param name="source">Compressed bytes; not seekable is fine.</param>
    /// <param name="limits">What decoding may cost.</param>
    /// <param name="threads">At least 1; see <see cref="XzStream.OpenRead"/> on when more are allowed.</param>
    /// <exception cref="Core.Errors.UntrustedException">The bytes are in none of the formats; later, on reading: malformed, cut off, followed by more, or above a limit.</exception>
    /// <exception cref="Core.Errors.UnavailableException">The decoder's library is not installed.</exception>
    public static Stream Open(Stream source, DecompressionLimits limits, int threads)
    {
        var head = new byte[XzMagic.Length];
        var length = source.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        var start = head.AsSpan(0, length);
        CompressionFormat? format = start.StartsWith(XzMagic) ? CompressionFormat.Xz
            : start.StartsWith(ZstdMagic) ? CompressionFormat.Zstd
            : start.StartsWith(GzipMagic) ? CompressionFormat.Gzip
            : null;
        return format is { } known
            ? Open(new PrefixedStream(head.AsMemory(0, length), source), known, limits, threads)
            : throw Refusal.Of("The data is compressed in none of the formats xz, zstd and gzip.");
    }

    /// <summary>Reads one format and refuses every other.</summary>
    /// <param name="source">Compressed bytes; not seekable is fine.</param>
    /// <param name="format">What they must be.</param>
    /// <param name="limits">What decoding may cost.</param>
    /// <param name="threads">At least 1.</param>
    /// <inheritdoc cref="Open(Stream, DecompressionLimits, int)" path="/exception"/>
    public static Stream Open(Stream source, CompressionFormat format, DecompressionLimits limits, int threads) => format switch
    {
        CompressionFormat.Xz => XzStream.OpenRead(source, limits, threads),
        CompressionFormat.Zstd => ZstdStream.OpenRead(source, limits),
        CompressionFormat.Gzip => GzipStream.OpenRead(source, limits),
        _ => throw new ArgumentOutOfRangeException(nameof(format)),
    };
}
