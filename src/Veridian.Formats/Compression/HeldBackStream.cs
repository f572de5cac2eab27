namespace Veridian.Formats.Compression;

/// <summary>
/// Gives out a source without its last bytes, and near the end one byte at a time: a reader that stops by itself has then
/// taken exactly what it needed, so that its owner can tell where the data ended.
/// </summary>
internal sealed class HeldBackStream(Stream source, int heldBack) : Stream
{
    // Given out byte by byte. Who stops earlier than this has more behind him than he should.
    private const int Tail = 64;

    private readonly byte[] _buffer = new byte[64 << 10];
    private int _at;
    private int _filled;
    private bool _sourceEnded;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Whether somebody read on when only the held-back bytes were left.</summary>
    internal bool WasAskedForMore { get; private set; }

    /// <summary>Whether all but the held-back bytes have been given out.</summary>
    internal bool IsAtEnd
    {
        get
        {
            Fill();
            return _sourceEnded && _filled - _at == heldBack;
        }
    }

    /// <summary>The held-back bytes, once <see cref="IsAtEnd"/>.</summary>
    internal ReadOnlySpan<byte> HeldBack => _buffer.AsSpan(_at, heldBack);

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty)
        {
            return 0;
        }

        Fill();
        var available = _filled - _at - heldBack;
        if (available <= 0)
        {
            WasAskedForMore = true;
            return 0;
        }

        var count = available > Tail ? Math.Min(available - Tail, buffer.Length) : 1;
        _buffer.AsSpan(_at, count).CopyTo(buffer);
        _at += count;
        return count;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private void Fill()
    {
        if (_sourceEnded || _filled - _at > heldBack + Tail)
        {
            return;
        }

        _buffer.AsSpan(_at, _filled - _at).CopyTo(_buffer);
        (_at, _filled) = (0, _filled - _at);
        while (_filled < _buffer.Length && !_sourceEnded)
        {
            var got = source.Read(_buffer, _filled, _buffer.Length - _filled);
            _filled += got;
            _sourceEnded = got == 0;
        }
    }
}
