using Veridian.Core.Packages;
using Veridian.Core.Text;

namespace Veridian.Unit.Tests.Core.Text;

public sealed class PlainNumberTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("007", 7)]
    [InlineData("9223372036854775807", long.MaxValue)]
    public void Digits_are_a_number(string text, long expected)
    {
        Assert.True(PlainNumber.TryRead(text, out long number));
        Assert.Equal(expected, number);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData(" 1")]
    [InlineData("1 ")]
    [InlineData("1\0")]
    [InlineData("\u0661")]
    [InlineData("9223372036854775808")]
    [InlineData("99999999999999999999")]
    public void Anything_else_is_none(string text) => Assert.False(PlainNumber.TryRead(text, out long _));

    [Fact]
    public void A_small_number_ends_at_31_bits()
    {
        Assert.True(PlainNumber.TryRead("2147483647", out int number));
        Assert.Equal(int.MaxValue, number);
        Assert.False(PlainNumber.TryRead("2147483648", out int _));
    }

    [Fact]
    public void An_epoch_has_no_hidden_characters() => Assert.False(PackageVersion.IsValid(VersionScheme.Deb, "1\0:2.0"));
}
