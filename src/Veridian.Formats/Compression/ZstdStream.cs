using System.Buffers.Binary;
using System.Numerics;

namespace Veridian.Formats.Compression;

/// <summary>Decodes one Zstandard frame with libzstd; skippable and further frames are refused.</summary>
/// <remarks>Source: <c>spec/debian-bridge.md</c> DB-1.</remarks>
public sealed unsafe class ZstdStream : DecodingStream
{
    private const uint Magic = 0xFD2FB528;

    private readonly byte[] _input = new byte[128 << 10];
    private nint _context;
    private int _at;
    private int _filled;
    private bool _sourceEnded;
    private bool _frameEnded;
    private bool _begun;

    private ZstdStream(Stream source, DecompressionLimits limits)
        : base(source, limits, "zstd")
    {
        try
        {
            _context = ZstdLibrary.ZSTD_createDCtx();
        }
        catch (DllNotFoundException missing)
        {
            throw Refusal.MissingLibrary(ZstdLibrary.Soname, ZstdLibrary.DebianPackage, missing);
        }

        // The window is nearly all that a decoder needs; 10 and 31 are the least and most that the format knows.
        var window = Math.Clamp(BitOperations.Log2((ulong)limits.MaxMemoryBytes), 10, 31);
        _ = ZstdLibrary.ZSTD_DCtx_setParameter(_context, ZstdLibrary.WindowLogMax, window);
    }

    /// <summary>Frees what <see cref="Stream.Dispose()"/> was not asked to.</summary>
    ~ZstdStream() => Free();

    /// <summary>Starts decoding. The source is read to its end and stays the caller's.</summary>
    /// <exception cref="Core.Errors.UnavailableException">libzstd is not installed.</exception>
    public static ZstdStream OpenRead(Stream source, DecompressionLimits limits) => new(source, limits);

    /// <summary>Starts encoding one frame with a checksum; disposing ends the frame. The target stays the caller's.</summary>
    /// <param name="target">Gets the frame.</param>
    /// <param name="level">1 (fast) to 19 (small).</param>
    /// <exception cref="Core.Errors.UnavailableException">libzstd is not installed.</exception>
    public static Stream OpenWrite(Stream target, int level) => new ZstdEncodingStream(target, level);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        Free();
        GC.SuppressFinalize(this);
        base.Dispose(disposing);
    }

    private protected override int Decode(Span<byte> output)
    {
        ObjectDisposedException.ThrowIf(_context == 0, this);
        while (!_frameEnded)
        {
            Fill();
            var produced = Step(output);
            if (produced > 0)
            {
                return produced;
            }
        }

        Fill();
        return _at == _filled ? 0 : throw Refused("is followed by other bytes");
    }

    private void Fill()
    {
        if (_at < _filled || _sourceEnded)
        {
            return;
        }

        _at = 0;
        _filled = _begun ? Source.Read(_input) : Source.ReadAtLeast(_input, 4, throwOnEndOfStream: false);
        _sourceEnded = _filled == 0;
        if (!_begun && (_filled < 4 || BinaryPrimitives.ReadUInt32LittleEndian(_input) != Magic))
        {
            throw Refused("does not begin as a zstd frame");
        }

        _begun = true;
    }

    private int Step(Span<byte> output)
    {
        ZstdLibrary.ZstdBuffer from = default, to = default;
        nuint result;
        fixed (byte* input = _input, start = output)
        {
            from.Start = input;
            from.Size = (nuint)_filled;
            from.Position = (nuint)_at;
            to.Start = start;
            to.Size = (nuint)output.Length;
            result = ZstdLibrary.ZSTD_decompressStream(_context, &to, &from);
            GC.KeepAlive(this);
        }

        if (ZstdLibrary.ZSTD_isError(result) != 0)
        {
            throw Refused($"is corrupt or needs too much memory ({ZstdLibrary.ErrorName(result)})");
        }

        var (consumed, produced) = ((int)from.Position - _at, (int)to.Position);
        _at = (int)from.Position;
        _frameEnded = result == 0;
        if (consumed + produced == 0 && !_frameEnded)
        {
            throw Refused(_sourceEnded ? "is cut off" : "makes no progress");
        }

        return produced;
    }

    private void Free()
    {
        if (_context != 0)
        {
            _ = ZstdLibrary.ZSTD_freeDCtx(_context);
            _context = 0;
        }
    }
}
