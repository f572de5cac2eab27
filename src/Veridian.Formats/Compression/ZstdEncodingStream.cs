using Veridian.Core.Errors;

namespace Veridian.Formats.Compression;

/// <summary>Encodes one Zstandard frame. The frame ends when the stream is disposed.</summary>
internal sealed unsafe class ZstdEncodingStream : Stream
{
    private readonly Stream _target;
    private readonly byte[] _output = new byte[128 << 10];
    private nint _context;

    internal ZstdEncodingStream(Stream target, int level)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(level, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(level, 19);
        _target = target;
        try
        {
            _context = ZstdLibrary.ZSTD_createCCtx();
        }
        catch (DllNotFoundException missing)
        {
            throw Refusal.MissingLibrary(ZstdLibrary.Soname, ZstdLibrary.DebianPackage, missing);
        }

        _ = ZstdLibrary.ZSTD_CCtx_setParameter(_context, ZstdLibrary.CompressionLevel, level);
        _ = ZstdLibrary.ZSTD_CCtx_setParameter(_context, ZstdLibrary.ChecksumFlag, 1);
    }

    ~ZstdEncodingStream() => Free();

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        ObjectDisposedException.ThrowIf(_context == 0, this);
        Encode(buffer, ZstdLibrary.Continue);
    }

    public override void Flush() => _target.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        try
        {
            if (disposing && _context != 0)
            {
                Encode([], ZstdLibrary.End);
            }
        }
        finally
        {
            Free();
            GC.SuppressFinalize(this);
            base.Dispose(disposing);
        }
    }

    private void Encode(ReadOnlySpan<byte> bytes, int operation)
    {
        fixed (byte* input = bytes, output = _output)
        {
            var from = new ZstdLibrary.ZstdBuffer { Start = input, Size = (nuint)bytes.Length };
            nuint left;
            do
            {
                var to = new ZstdLibrary.ZstdBuffer { Start = output, Size = (nuint)_output.Length };
                left = ZstdLibrary.ZSTD_compressStream2(_context, &to, &from, operation);
                if (ZstdLibrary.ZSTD_isError(left) != 0)
                {
                    throw new VeridianBugException(ErrorCodes.Unexpected, $"libzstd cannot encode: {ZstdLibrary.ErrorName(left)}.", "Report it.");
                }

                _target.Write(_output, 0, (int)to.Position);
            }
            while (operation == ZstdLibrary.End ? left != 0 : from.Position < from.Size);
        }
    }

    private void Free()
    {
        if (_context != 0)
        {
            _ = ZstdLibrary.ZSTD_freeCCtx(_context);
            _context = 0;
        }
    }
}
