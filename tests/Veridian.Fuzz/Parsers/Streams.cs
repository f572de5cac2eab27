using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Veridian.Formats.Compression;
using Veridian.Testing;
using static Veridian.Fuzz.Parser;

namespace Veridian.Fuzz.Parsers;

/// <summary>Compressed streams, read as packages are: whole, under a limit.</summary>
internal static class Streams
{
    private static readonly uint[] CrcTable = MakeCrcTable();
    private static readonly byte[] MendBuffer = new byte[1 << 20];
    private static readonly DecompressionLimits Limits = new() { MaxOutputBytes = 1 << 20, MaxMemoryBytes = 64 << 20 };

    public static IEnumerable<Parser> All =>
    [
        new("xz", () => Files("xz"), input => Read(input, CompressionFormat.Xz)) { Words = ["\u00FD7zXZ", "YZ"] },
        new("zstd", () => [Zstd(Lines), Zstd(new byte[300_000]), .. Files("zst")], input => Read(input, CompressionFormat.Zstd)),
        new("gzip", () => [Gzip(Lines), Gzip(new byte[300_000]), Gzip("short"u8.ToArray())], GzipTwice) { Mend = MendGzip },
    ];

    private static byte[] Lines => Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(1, 400).Select(i => $"line {i}\n")));

    private static string Read(byte[] input, CompressionFormat format) => Size(Decoded(input, format).Length);

    // A second opinion: what we accept, the runtime's decoder must read as the same bytes.
    private static string GzipTwice(byte[] input)
    {
        var ours = Decoded(input, CompressionFormat.Gzip);
        using var theirs = new MemoryStream();
        using (var decoder = new System.IO.Compression.GZipStream(new MemoryStream(input), CompressionMode.Decompress))
        {
            decoder.CopyTo(theirs);
        }

        Require(ours.SequenceEqual(theirs.GetBuffer().AsSpan(0, (int)theirs.Length)), "two decoders read the same bytes");
        return Size(ours.Length);
    }

    private static ReadOnlySpan<byte> Decoded(byte[] input, CompressionFormat format)
    {
        using var stream = Decompressor.Open(new MemoryStream(input), format, Limits, threads: 1);
        using var output = new MemoryStream();
        stream.CopyTo(output);
        Require(output.Length <= Limits.MaxOutputBytes, "a stream keeps its limit");
        return output.GetBuffer().AsSpan(0, (int)output.Length);
    }

    // The trailer states checksum and length of what comes out.
    private static byte[] MendGzip(byte[] input)
    {
        if (input.Length < 18 || !input.AsSpan().StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B, 8, 0]))
        {
            return input;
        }

        try
        {
            using var decoder = new DeflateStream(new MemoryStream(input, 10, input.Length - 18), CompressionMode.Decompress);
            var length = decoder.ReadAtLeast(MendBuffer, MendBuffer.Length, throwOnEndOfStream: false);
            BinaryPrimitives.WriteUInt32LittleEndian(input.AsSpan(input.Length - 8), Crc(MendBuffer.AsSpan(0, length)));
            BinaryPrimitives.WriteInt32LittleEndian(input.AsSpan(input.Length - 4), length);
        }
        catch (InvalidDataException)
        {
            // Not even deflated: the case stays as it is.
        }

        return input;
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes)
        {
            crc = (crc >> 8) ^ CrcTable[(byte)(crc ^ b)];
        }

        return ~crc;
    }

    private static uint[] MakeCrcTable()
    {
        var table = new uint[256];
        for (var i = 0u; i < table.Length; i++)
        {
            var crc = i;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
            }

            table[i] = crc;
        }

        return table;
    }

    private static byte[] Zstd(byte[] bytes)
    {
        var target = new MemoryStream();
        using (var encoder = ZstdStream.OpenWrite(target, 3))
        {
            encoder.Write(bytes);
        }

        return target.ToArray();
    }

    private static byte[] Gzip(byte[] bytes)
    {
        var target = new MemoryStream();
        using (var encoder = new System.IO.Compression.GZipStream(target, CompressionLevel.Optimal, leaveOpen: true))
        {
            encoder.Write(bytes);
        }

        return target.ToArray();
    }

    private static IEnumerable<byte[]> Files(string extension) =>
        Directory.EnumerateFiles(Checkout.PathOf("tests/Veridian.Fuzz/Seeds"), "*." + extension).Order(StringComparer.Ordinal).Select(File.ReadAllBytes);
}
