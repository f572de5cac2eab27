using Veridian.Core.Hashing;

namespace Veridian.Unit.Tests.Core.Hashing;

/// <summary>N-6.</summary>
public sealed class DigestTests
{
    private const string Text = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

    [Fact]
    public void A_digest_is_written_in_lower_case_and_read_in_either()
    {
        Assert.True(Blake3Digest.TryParse(Text.ToUpperInvariant(), out var blake3));
        Assert.True(Sha256Digest.TryParse(Text, out var sha256));
        Assert.Equal((Text, Text), (blake3.ToString(), sha256.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("g0112233445566778899aabbccddeeff00112233445566778899aabbccddeeff")]
    [InlineData("00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff00")]
    [InlineData("00112233445566778899aabbccddeeff00112233445566778899aabbccddeef ")]
    public void Anything_else_is_no_digest(string text)
    {
        Assert.False(Blake3Digest.TryParse(text, out _));
        Assert.False(Sha256Digest.TryParse(text, out _));
    }

    [Fact]
    public void Base32_reads_back_and_has_one_spelling()
    {
        var bytes = Blake3.Hash([1, 2, 3]).Span.ToArray();
        var text = Base32.Encode(bytes);
        var back = new byte[32];
        Assert.Equal(52, text.Length);
        Assert.True(Base32.TryDecode(text, back));
        Assert.Equal(bytes, back);
        Assert.False(Base32.TryDecode(text.ToUpperInvariant(), back));
        Assert.False(Base32.TryDecode(text[..51] + "b", back));
    }
}
