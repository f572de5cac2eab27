namespace Veridian.Core.Hashing;

/// <summary>BLAKE3 of bytes that are all there.</summary>
public static class Blake3
{
    /// <summary>The digest of the bytes.</summary>
    public static Blake3Digest Hash(ReadOnlySpan<byte> bytes)
    {
        var hasher = Blake3Hasher.New();
        hasher.Update(bytes);
        return hasher.Finish();
    }
}
