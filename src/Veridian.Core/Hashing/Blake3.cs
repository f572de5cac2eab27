namespace Veridian.Core.Hashing;

/// <summary>BLAKE3 of bytes that are all there.</summary>
public static class Blake3
{
    [ThreadStatic]
    private static Blake3Hasher? kept;

    /// <summary>The digest of the bytes.</summary>
    public static Blake3Digest Hash(ReadOnlySpan<byte> bytes)
    {
        var hasher = kept ??= Blake3Hasher.New();
        hasher.Reset();
        hasher.Update(bytes);
        return hasher.Finish();
    }
}
