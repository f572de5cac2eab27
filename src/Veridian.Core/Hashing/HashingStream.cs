namespace Veridian.Core.Hashing;

/// <summary>Passes reads or writes through to another stream and hashes what goes by. Use it in one direction only.</summary>
public sealed class HashingStream : Stream
{
    /// <summary>Hashes with BLAKE3, and with SHA-256 where <paramref name="sha256"/> says so.</summary>
    public HashingStream(Stream inner, bool sha256 = false, bool leaveOpen = false) => throw new NotImplementedException();

    /// <summary>Bytes that went by.</summary>
    public long Count => throw new NotImplementedException();

    /// <summary>The BLAKE3 digest of what went by so far.</summary>
    public Blake3Digest Blake3 => throw new NotImplementedException();

    /// <summary>The SHA-256 digest of what went by so far.</summary>
    /// <exception cref="InvalidOperationException">SHA-256 was not asked for.</exception>
    public Sha256Digest Sha256 => throw new NotImplementedException();

    /// <inheritdoc/>
    public override bool CanRead => throw new NotImplementedException();

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => throw new NotImplementedException();

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position { get => Count; set => throw new NotSupportedException(); }

    /// <inheritdoc/>
    public override void Flush() => throw new NotImplementedException();

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotImplementedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotImplementedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();
}
