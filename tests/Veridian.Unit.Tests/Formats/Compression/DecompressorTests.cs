using System.IO.Compression;
using System.Text;
using Veridian.Core.Errors;
using Veridian.Formats.Compression;

namespace Veridian.Unit.Tests.Formats.Compression;

public sealed class DecompressorTests
{
    private static readonly DecompressionLimits Wide = new() { MaxOutputBytes = 64 << 20 };

    public static TheoryData<string> Formats => ["xz", "zstd", "gzip"];

    [Theory]
    [MemberData(nameof(Formats))]
    public void What_was_compressed_comes_back(string format) =>
        Assert.Equal(XzSamples.LinesText, Encoding.ASCII.GetString(ReadAll(Lines(format), Wide, 1)));

    [Fact]
    public void Several_threads_give_the_same_bytes() =>
        Assert.Equal(XzSamples.LinesText, Encoding.ASCII.GetString(ReadAll(XzSamples.Lines, Wide, 3)));

    [Theory]
    [MemberData(nameof(Formats))]
    public void Reading_and_supplying_byte_by_byte_changes_nothing(string format)
    {
        using var stream = Decompressor.Open(new DrippingStream(Lines(format)), Wide, 1);
        var text = new StringBuilder();
        for (var b = stream.ReadByte(); b >= 0; b = stream.ReadByte())
        {
            text.Append((char)b);
        }

        Assert.Equal(XzSamples.LinesText, text.ToString());
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void The_exact_limit_is_enough_and_one_byte_less_is_refused(string format)
    {
        var length = XzSamples.LinesText.Length;
        Assert.Equal(length, ReadAll(Lines(format), new DecompressionLimits { MaxOutputBytes = length }, 1).Length);
        Refused(() => ReadAll(Lines(format), new DecompressionLimits { MaxOutputBytes = length - 1 }, 1), "more than the");
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Input_cut_off_anywhere_is_refused(string format)
    {
        var whole = Lines(format);
        for (var length = 0; length < whole.Length; length++)
        {
            Refused(() => ReadAll(whole[..length], Wide, 1), "");
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Anything_after_the_end_is_refused(string format)
    {
        var whole = Lines(format);
        Refused(() => ReadAll([.. whole, 0], Wide, 1), "");
        Refused(() => ReadAll([.. whole, .. new byte[100_000]], Wide, 1), "");
        Refused(() => ReadAll([.. whole, .. whole], Wide, 1), "");
        Refused(() => ReadAll([.. whole, .. new byte[300], .. whole[^8..]], Wide, 1), "");
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_changed_byte_is_refused_or_changes_nothing(string format)
    {
        var whole = Lines(format);
        for (var at = 0; at < whole.Length; at++)
        {
            var changed = (byte[])whole.Clone();
            changed[at] ^= 0x40;
            try
            {
                // Header fields that are not covered by a checksum (gzip's time) may change.
                Assert.Equal(XzSamples.LinesText, Encoding.ASCII.GetString(ReadAll(changed, Wide, 1)));
            }
            catch (UntrustedException refused)
            {
                Assert.Equal(ErrorCodes.ArchiveRefused, refused.Code);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_bomb_stops_at_the_limit(string format)
    {
        var bomb = format == "xz" ? XzSamples.Zeros : Compress(new byte[1 << 20], format);
        using var stream = (DecodingStream)Decompressor.Open(new MemoryStream(bomb), new DecompressionLimits { MaxOutputBytes = 1000 }, 1);
        Refused(() => stream.CopyTo(Stream.Null), "more than the 1000 bytes");
        Assert.Equal(1000, stream.BytesOut);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Nothing_compressed_is_nothing(string format)
    {
        if (format != "xz")
        {
            Assert.Empty(ReadAll(Compress([], format), new DecompressionLimits { MaxOutputBytes = 0 }, 1));
        }
    }

    [Fact]
    public void A_decoder_that_needs_more_memory_than_allowed_is_refused()
    {
        var small = new DecompressionLimits { MaxOutputBytes = 64 << 20, MaxMemoryBytes = 1 << 20 };
        Refused(() => ReadAll(XzSamples.Zeros, small, 1), "memory");
        Refused(() => ReadAll(XzSamples.Zeros, small, 2), "memory");
        Refused(() => ReadAll(Compress(new byte[16 << 20], "zstd"), small, 1), "memory");
    }

    [Theory]
    [InlineData("")]
    [InlineData("plain text, not compressed at all")]
    [InlineData("BZh91AY&SY")]
    public void Unknown_formats_are_refused(string text) => Refused(() => ReadAll(Encoding.ASCII.GetBytes(text), Wide, 1), "none of the formats");

    [Fact]
    public void One_format_is_not_taken_for_another()
    {
        Refused(() => Drain(Decompressor.Open(new MemoryStream(Lines("gzip")), CompressionFormat.Xz, Wide, 1)), "xz");
        Refused(() => Drain(Decompressor.Open(new MemoryStream(Lines("xz")), CompressionFormat.Zstd, Wide, 1)), "zstd");
        Refused(() => Drain(Decompressor.Open(new MemoryStream(Lines("zstd")), CompressionFormat.Gzip, Wide, 1)), "gzip");
    }

    [Fact]
    public void A_zstd_skippable_frame_is_refused()
    {
        byte[] skippable = [0x50, 0x2A, 0x4D, 0x18, 4, 0, 0, 0, 1, 2, 3, 4];
        Refused(() => ReadAll([.. skippable, .. Lines("zstd")], Wide, 1), "");
        Refused(() => ReadAll([.. Lines("zstd"), .. skippable], Wide, 1), "followed by other bytes");
    }

    [Fact]
    public void A_gzip_header_with_every_optional_field_is_read()
    {
        var plain = Lines("gzip");
        byte[] header = [0x1F, 0x8B, 8, 0x1E, 0, 0, 0, 0, 0, 255, 2, 0, 9, 9, .. "name\0"u8, .. "comment\0"u8, 0xC3, 0xC6];
        Assert.Equal(XzSamples.LinesText, Encoding.ASCII.GetString(ReadAll([.. header, .. plain[10..]], Wide, 1)));
        Refused(() => ReadAll([.. header[..^2], 0, 0, .. plain[10..]], Wide, 1), "checksum");
        Refused(() => ReadAll([.. header[..14], .. Enumerable.Repeat((byte)'n', 5000), 0, .. plain[10..]], Wide, 1), "overlong");
    }

    [Fact]
    public void Large_random_looking_data_survives_all_formats()
    {
        var bytes = new byte[3_000_001];
        var state = 12345u;
        for (var i = 0; i < bytes.Length; i++)
        {
            state = state * 1664525 + 1013904223;
            bytes[i] = (byte)(state >> 24 & (i % 7 == 0 ? 0 : 255));
        }

        Assert.Equal(bytes, ReadAll(Compress(bytes, "gzip"), Wide, 1));
        Assert.Equal(bytes, ReadAll(Compress(bytes, "zstd"), Wide, 1));
    }

    internal static byte[] Compress(byte[] bytes, string format)
    {
        var target = new MemoryStream();
        using (Stream encoder = format == "zstd" ? ZstdStream.OpenWrite(target, 3) : new GZipStream(target, CompressionLevel.Optimal, leaveOpen: true))
        {
            encoder.Write(bytes);
        }

        return target.Length > 0 ? target.ToArray() : EmptyGzip;
    }

    // The runtime writes nothing at all for nothing.
    private static byte[] EmptyGzip => [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    private static byte[] Lines(string format) =>
        format == "xz" ? XzSamples.Lines : Compress(Encoding.ASCII.GetBytes(XzSamples.LinesText), format);

    private static byte[] ReadAll(byte[] bytes, DecompressionLimits limits, int threads) =>
        Drain(Decompressor.Open(new MemoryStream(bytes), limits, threads));

    private static byte[] Drain(Stream stream)
    {
        using (stream)
        {
            var target = new MemoryStream();
            stream.CopyTo(target);
            return target.ToArray();
        }
    }

    private static void Refused(Action read, string because)
    {
        var refused = Assert.Throws<UntrustedException>(read);
        Assert.Equal(ErrorCodes.ArchiveRefused, refused.Code);
        Assert.Contains(because, refused.Message, StringComparison.Ordinal);
    }

    private sealed class DrippingStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, 1));

        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, 1)]);
    }
}
