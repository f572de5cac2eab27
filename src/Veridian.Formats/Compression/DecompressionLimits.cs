namespace Veridian.Formats.Compression;

/// <summary>What decompressing bytes of somebody else may cost at most.</summary>
/// <remarks>Source: <c>spec/debian-bridge.md</c> DB-2.</remarks>
public sealed record DecompressionLimits
{
    /// <summary>Decompressed bytes; one more is refused.</summary>
    public required long MaxOutputBytes { get; init; }

    /// <summary>Memory the decoder may take, in bytes, over all its threads. 512 MiB unless said otherwise.</summary>
    public long MaxMemoryBytes { get; init; } = 512L << 20;
}
