using Veridian.Core.Packages;

namespace Veridian.Unit.Tests.Core.Packages;

/// <summary>N-1.</summary>
public sealed class PackageNameTests
{
    [Theory]
    [InlineData("jq", true)]
    [InlineData("libstdc++6", true)]
    [InlineData("0ad", true)]
    [InlineData("org.example.tool", true)]
    [InlineData("a_b", true)]
    [InlineData("", false)]
    [InlineData("Jq", false)]
    [InlineData("-x", false)]
    [InlineData(".x", false)]
    [InlineData("a/b", false)]
    [InlineData("a b", false)]
    [InlineData("ä", false)]
    [InlineData("a\0", false)]
    public void A_name_has_lower_case_letters_digits_and_four_signs(string text, bool valid) =>
        Assert.Equal(valid, PackageName.TryParse(text, out _));

    [Fact]
    public void A_name_has_at_most_128_characters()
    {
        Assert.True(PackageName.IsValid(new string('a', 128)));
        Assert.False(PackageName.IsValid(new string('a', 129)));
    }
}
