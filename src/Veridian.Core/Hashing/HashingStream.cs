using System.Security.Cryptography;

namespace Veridian.Core.Hashing;

/// <summary>Passes reads or writes through to another stream and hashes what goes by. Use it in one direction only.</summary>
/// <remarks>Source: <c>spec/names.md</c> N-6. Writes count once the inner stream has taken them.</remarks>
public sealed class HashingStream : Stream
{
    private readonly Stream _inner;
    private readonly bool _leaveOpen;
    private readonly Blake3Hasher _blake3 = Blake3Hasher.New();
    private readonly IncrementalHash? _sha256;

    /// <summary>Hashes with BLAKE3, and with SHA-256 where <paramref name="sha256"/> says so.</summary>
    public HashingStream(Stream inner, bool sha256 = false, bool leaveOpen = false)
    {
        (_inner, _leaveOpen) = (inner, leaveOpen);
        _sha256 = sha256 ? IncrementalHash.CreateHash(HashAlgorithmName.SHA256) : null;
    }

    /// <summary>Bytes that went by.</summary>
    public long Count { get; private set; }

    /// <summary>The BLAKE3 digest of what went by so far.</summary>
    public Blake3Digest Blake3 => _blake3.Finish();

    /// <summary>The SHA-256 digest of what went by so far.</summary>
    /// <exception cref="InvalidOperationException">SHA-256 was not asked for.</exception>
    public Sha256Digest Sha256
    {
        get
        {
            Span<byte> digest = stackalloc byte[Sha256Digest.Length];
            (_sha256 ?? throw new InvalidOperationException("SHA-256 was not asked for.")).GetCurrentHash(digest);
            return new Sha256Digest(digest);
        }
    }

    /// <inheritdoc/>
    public override bool CanRead => _inner.CanRead;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => _inner.CanWrite;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position { get => Count; set => throw new NotSupportedException(); }

    /// <inheritdoc/>
    public override void Flush() => _inner.Flush();

    /// <inheritdoc/>
    public override Task FlushAsync(CancellationToken cancellationToken) => _inner.FlushAsync(cancellationToken);

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        var read = _inner.Read(buffer);
        Note(buffer[..read]);
        return read;
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await _inner.ReadAsync(buffer, cancellationToken);
        Note(buffer.Span[..read]);
        return read;
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        _inner.Write(buffer);
        Note(buffer);
    }

    /// <inheritdoc/>
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await _inner.WriteAsync(buffer, cancellationToken);
        Note(buffer.Span);
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _sha256?.Dispose();
            if (!_leaveOpen)
            {
                _inner.Dispose();
            }
        }

        base.Dispose(disposing);
    }

    private void Note(ReadOnlySpan<byte> bytes)
    {
        _blake3.Update(bytes);
        _sha256?.AppendData(bytes);
        Count += bytes.Length;
    }
}
