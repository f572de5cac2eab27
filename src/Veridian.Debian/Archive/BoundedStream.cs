namespace Veridian.Debian.Archive;

/// <summary>The next so many bytes of a source. When the source ends earlier, reading is refused.</summary>
internal sealed class BoundedStream(Stream source, long length, string name) : Stream
{
    private long _left = length;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length { get; } = length;

    public override long Position { get => Length - _left; set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        if (_left == 0 || buffer.IsEmpty)
        {
            return 0;
        }

        var got = source.Read(buffer.Length > _left ? buffer[..(int)_left] : buffer);
        _left -= got;
        return got > 0 ? got : throw ArchiveRefusal.Of($"{name} is cut off: {_left} bytes are missing.");
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <summary>Reads and drops what is left.</summary>
    internal void Drain(Span<byte> buffer)
    {
        while (Read(buffer) > 0)
        {
        }
    }
}
