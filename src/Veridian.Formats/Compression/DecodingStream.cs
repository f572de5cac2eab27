using Veridian.Core.Errors;

namespace Veridian.Formats.Compression;

/// <summary>
/// A forward-only stream of decoded bytes that ends cleanly or not at all: cut-off input, trailing bytes and output above the
/// limit are refused by the read that meets them.
/// </summary>
/// <remarks>Source: <c>spec/debian-bridge.md</c> DB-1, DB-2. The source stays the caller's.</remarks>
public abstract class DecodingStream : Stream
{
    private readonly long _maxOutput;
    private bool _ended;

    private protected DecodingStream(Stream source, DecompressionLimits limits, string format)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limits.MaxOutputBytes);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limits.MaxMemoryBytes);
        (Source, Format, _maxOutput) = (source, format, limits.MaxOutputBytes);
    }

    /// <summary>Bytes handed out so far.</summary>
    public long BytesOut { get; private set; }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position { get => BytesOut; set => throw new NotSupportedException(); }

    private protected Stream Source { get; }

    private protected string Format { get; }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        if (_ended || buffer.IsEmpty)
        {
            return 0;
        }

        var room = _maxOutput - BytesOut;
        if (room == 0)
        {
            return EndOrRefuse();
        }

        var got = Decode(buffer.Length > room ? buffer[..(int)room] : buffer);
        BytesOut += got;
        _ended = got == 0;
        return got;
    }

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <summary>Decodes at least one byte, or returns 0 after the end has been checked. <paramref name="output"/> is never empty.</summary>
    private protected abstract int Decode(Span<byte> output);

    private protected UntrustedException Refused(string what) => Refusal.Of($"{Format} data {what}.");

    // The limit is no error as long as nothing follows.
    private int EndOrRefuse()
    {
        Span<byte> probe = stackalloc byte[1];
        if (Decode(probe) > 0)
        {
            throw Refused($"decompresses to more than the {_maxOutput} bytes that were announced");
        }

        _ended = true;
        return 0;
    }
}
