using Veridian.Core.Errors;
using Veridian.Formats.Compression;

namespace Veridian.Integration.Tests.Debian;

public sealed class RealCompressionTests
{
    private static readonly DecompressionLimits Wide = new() { MaxOutputBytes = 64 << 20 };

    [Theory]
    [InlineData("xz", "-0", 1)]
    [InlineData("xz", "-9e", 1)]
    [InlineData("xz", "--block-size=100000", 1)]
    [InlineData("xz", "--block-size=100000", 4)]
    [InlineData("xz", "--check=none", 2)]
    [InlineData("xz", "--check=sha256", 2)]
    [InlineData("xz", "--x86 --lzma2=preset=1", 2)]
    [InlineData("zstd", "-1", 1)]
    [InlineData("zstd", "-19", 1)]
    [InlineData("zstd", "--no-check", 1)]
    [InlineData("gzip", "-1", 1)]
    [InlineData("gzip", "-9", 1)]
    public async Task What_the_real_tools_write_is_read_at_any_length(string tool, string option, int threads)
    {
        if (RealTool.IsMissing(tool))
        {
            return;
        }

        foreach (var length in new[] { 0, 1, 63, 64, 65, 1000, 65_536, 1_000_000 })
        {
            var bytes = Sample(length);
            var packed = await RealTool.RunAsync(tool, ["-c", .. option.Split(' ')], bytes);
            Assert.Equal(bytes, Read(packed, threads));
            Assert.Throws<UntrustedException>(() => Read([.. packed, 0], 1));
            Assert.Throws<UntrustedException>(() => Read(packed[..^1], 1));
        }
    }

    [Fact]
    public async Task What_we_encode_is_read_by_zstd()
    {
        if (RealTool.IsMissing("zstd"))
        {
            return;
        }

        var target = new MemoryStream();
        using (var encoder = ZstdStream.OpenWrite(target, 9))
        {
            encoder.Write(Sample(1_000_000));
        }

        Assert.Equal(Sample(1_000_000), await RealTool.RunAsync("zstd", ["-dc"], target.ToArray()));
    }

    [Fact]
    public async Task Any_single_change_in_an_xz_file_is_refused_or_harmless()
    {
        if (RealTool.IsMissing("xz"))
        {
            return;
        }

        var bytes = Sample(5000);
        var packed = await RealTool.RunAsync("xz", ["-c", "--block-size=2000"], bytes);
        for (var at = 0; at < packed.Length; at++)
        {
            var changed = (byte[])packed.Clone();
            changed[at] ^= (byte)(1 << (at % 8));
            try
            {
                Assert.Equal(bytes, Read(changed, 1));
            }
            catch (UntrustedException refused)
            {
                Assert.Equal(ErrorCodes.ArchiveRefused, refused.Code);
            }
        }
    }

    private static byte[] Sample(int length)
    {
        var bytes = new byte[length];
        for (var i = 0; i < length; i++)
        {
            bytes[i] = (byte)(i * 7919L % 65_521 * (i >> 3) >> 4 & (i % 5 == 0 ? 0xFF : 0x0F));
        }

        return bytes;
    }

    private static byte[] Read(byte[] packed, int threads)
    {
        using var stream = Decompressor.Open(new MemoryStream(packed), Wide, threads);
        var target = new MemoryStream();
        stream.CopyTo(target);
        return target.ToArray();
    }
}
