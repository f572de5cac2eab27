namespace Veridian.Formats.Compression;

/// <summary>Opens compressed bytes under limits.</summary>
/// <remarks>Source: <c>spec/debian-bridge.md</c> DB-1.</remarks>
public static class Decompressor
{
    /// <summary>Picks the format by its first bytes. The source stays the caller's and is read to its end.</summary>
    /// <exception cref="Core.Errors.UntrustedException">The bytes are in none of the formats; later, on reading: malformed, cut off, followed by more, or above a limit.</exception>
    /// <exception cref="Core.Errors.UnavailableException">The decoder's library is not installed.</exception>
    public static Stream Open(Stream source, DecompressionLimits limits, int threads) => throw new NotSupportedException();

    /// <summary>Reads one format and refuses every other.</summary>
    /// <inheritdoc cref="Open(Stream, DecompressionLimits, int)"/>
    public static Stream Open(Stream source, CompressionFormat format, DecompressionLimits limits, int threads) => throw new NotSupportedException();
}
