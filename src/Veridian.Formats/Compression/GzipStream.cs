using System.Buffers.Binary;
using System.IO.Compression;

namespace Veridian.Formats.Compression;

/// <summary>
/// Decodes one gzip member. The runtime inflates; header, checksum, length and the exact end are checked here, because the
/// runtime's own gzip reader accepts cut-off input and ignores what follows.
/// </summary>
/// <remarks>Source: <c>spec/debian-bridge.md</c> DB-1.</remarks>
public sealed class GzipStream : DecodingStream
{
    private const int TrailerLength = 8;
    private const int MaxHeaderText = 4096;

    private readonly HeldBackStream _deflated;
    private readonly DeflateStream _inflater;
    private Crc32 _headerCrc;
    private Crc32 _crc;
    private uint _length;

    private GzipStream(Stream source, DecompressionLimits limits)
        : base(source, limits, "gzip")
    {
        _deflated = new HeldBackStream(source, TrailerLength);
        _inflater = new DeflateStream(_deflated, CompressionMode.Decompress, leaveOpen: true);
        ReadHeader();
    }

    /// <summary>Starts decoding. The source is read to its end and stays the caller's.</summary>
    /// <exception cref="Core.Errors.UntrustedException">The header is not gzip's.</exception>
    public static GzipStream OpenRead(Stream source, DecompressionLimits limits) => new(source, limits);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inflater.Dispose();
        }

        base.Dispose(disposing);
    }

    private protected override int Decode(Span<byte> output)
    {
        int got;
        try
        {
            got = _inflater.Read(output);
        }
        catch (InvalidDataException corrupt)
        {
            throw Refusal.Of("gzip data is corrupt.", corrupt);
        }

        _crc.Append(output[..got]);
        _length += (uint)got;
        if (got == 0)
        {
            CheckEnd();
        }

        return got;
    }

    private void CheckEnd()
    {
        if (_deflated.WasAskedForMore)
        {
            throw Refused("is cut off");
        }

        if (!_deflated.IsAtEnd)
        {
            throw Refused("is followed by other bytes");
        }

        var trailer = _deflated.HeldBack;
        if (BinaryPrimitives.ReadUInt32LittleEndian(trailer) != _crc.Value || BinaryPrimitives.ReadUInt32LittleEndian(trailer[4..]) != _length)
        {
            throw Refused("does not match its checksum");
        }
    }

    private void ReadHeader()
    {
        Span<byte> header = stackalloc byte[10];
        if (_deflated.ReadAtLeast(header, 10, throwOnEndOfStream: false) < 10 || header[0] != 0x1F || header[1] != 0x8B || header[2] != 8 || (header[3] & 0xE0) != 0)
        {
            throw Refused("does not begin as a gzip file");
        }

        _headerCrc.Append(header);
        var flags = header[3];
        if ((flags & 4) != 0)
        {
            var extra = NextByte() | (NextByte() << 8);
            Skip(extra);
        }

        for (var text = (flags & 8) + (flags & 16); text != 0; text &= text - 1)
        {
            SkipText();
        }

        var sum = (int)(_headerCrc.Value & 0xFFFF);
        if ((flags & 2) != 0 && (NextByte() | (NextByte() << 8)) != sum)
        {
            throw Refused("has a header that does not match its checksum");
        }
    }

    private void Skip(int count)
    {
        while (count-- > 0)
        {
            _ = NextByte();
        }
    }

    private void SkipText()
    {
        for (var length = 0; NextByte() != 0; length++)
        {
            if (length == MaxHeaderText)
            {
                throw Refused("has an overlong name in its header");
            }
        }
    }

    private int NextByte()
    {
        var next = _deflated.ReadByte();
        if (next < 0)
        {
            throw Refused("is cut off");
        }

        _headerCrc.Append([(byte)next]);
        return next;
    }
}
