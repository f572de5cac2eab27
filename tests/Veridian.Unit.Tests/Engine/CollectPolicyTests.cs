using Veridian.Core.Errors;
using Veridian.Engine.Maintaining;

namespace Veridian.Unit.Tests.Engine;

public sealed class CollectPolicyTests
{
    [Theory]
    [InlineData("30d", 30 * 24)]
    [InlineData("12h", 12)]
    [InlineData("2w", 14 * 24)]
    [InlineData("0.5d", 12)]
    public void Ages_have_a_unit(string text, double hours) =>
        Assert.Equal(hours, CollectPolicy.Parse(text, null, null).OlderThan!.Value.TotalHours, 3);

    [Theory]
    [InlineData("20G", 20_000_000_000)]
    [InlineData("1.5M", 1_500_000)]
    [InlineData("100", 100)]
    public void Sizes_have_a_decimal_unit(string text, long bytes) =>
        Assert.Equal(bytes, CollectPolicy.Parse(null, null, text).MaxSize!.Value.Bytes);

    [Theory]
    [InlineData("30", null, null)]
    [InlineData("d", null, null)]
    [InlineData("-3d", null, null)]
    [InlineData(null, 0, null)]
    [InlineData(null, null, "big")]
    [InlineData(null, null, "G")]
    public void Anything_else_is_refused_with_what_to_write(string? age, int? keep, string? size)
    {
        var refused = Assert.Throws<InvalidInputException>(() => CollectPolicy.Parse(age, keep, size));
        Assert.Equal(ErrorCodes.Usage, refused.Code);
        Assert.NotEmpty(refused.Hint);
    }
}
