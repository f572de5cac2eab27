namespace Veridian.Core.Hashing;

/// <summary>BLAKE3 over bytes that come in pieces. Reusable after <see cref="Reset"/>; not for several threads at once.</summary>
public sealed class Blake3Hasher
{
    private Blake3Hasher()
    {
    }

    /// <summary>A hasher for plain digests, with the widest kernel the processor has.</summary>
    public static Blake3Hasher New() => throw new NotImplementedException();

    /// <summary>A hasher for plain digests that uses no wider kernel than the one given.</summary>
    public static Blake3Hasher New(Blake3Kernel widest) => throw new NotImplementedException();

    /// <summary>A hasher for digests under a key of exactly 32 bytes.</summary>
    /// <exception cref="ArgumentException">The key has another length.</exception>
    public static Blake3Hasher Keyed(ReadOnlySpan<byte> key) => throw new NotImplementedException();

    /// <summary>A hasher whose output is a key derived from what it is fed, for the one use that the context names.</summary>
    public static Blake3Hasher DeriveKey(string context) => throw new NotImplementedException();

    /// <summary>Takes in more bytes. Does not allocate.</summary>
    public void Update(ReadOnlySpan<byte> bytes) => throw new NotImplementedException();

    /// <summary>The digest of all bytes so far. More may follow.</summary>
    public Blake3Digest Finish() => throw new NotImplementedException();

    /// <summary>As many bytes of output as the span holds; a shorter output is the beginning of a longer one.</summary>
    public void Finish(Span<byte> output) => throw new NotImplementedException();

    /// <summary>Forgets all bytes; key and mode stay.</summary>
    public void Reset() => throw new NotImplementedException();
}
