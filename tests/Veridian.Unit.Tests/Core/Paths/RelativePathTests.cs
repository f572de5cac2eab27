using Veridian.Core.Paths;

namespace Veridian.Unit.Tests.Core.Paths;

/// <summary>N-4.</summary>
public sealed class RelativePathTests
{
    [Theory]
    [InlineData("usr/bin/jq", true)]
    [InlineData("a", true)]
    [InlineData("...", true)]
    [InlineData("a\\..\\b", true)]
    [InlineData("usr/share/ä", true)]
    [InlineData("", false)]
    [InlineData("/usr", false)]
    [InlineData("usr/", false)]
    [InlineData("usr//bin", false)]
    [InlineData(".", false)]
    [InlineData("..", false)]
    [InlineData("usr/../etc", false)]
    [InlineData("usr/./bin", false)]
    [InlineData("a\0b", false)]
    public void A_path_cannot_leave_its_tree(string text, bool valid) =>
        Assert.Equal(valid, RelativePath.TryParse(text, out _));

    // Written here, because test data cannot hold half a character.
    [Fact]
    public void A_path_is_well_formed_text()
    {
        Assert.False(RelativePath.TryParse("a\ud800", out _));
        Assert.False(RelativePath.TryParse("\udc00\ud800", out _));
        Assert.True(RelativePath.TryParse("\ud83d\ude00", out _));
    }

    [Fact]
    public void Components_and_paths_have_a_longest_length_in_bytes()
    {
        Assert.True(RelativePath.TryParse(new string('a', 255), out _));
        Assert.False(RelativePath.TryParse(new string('a', 256), out _));
        Assert.False(RelativePath.TryParse(new string('ä', 128), out _));
        Assert.True(RelativePath.TryParse(string.Join('/', Enumerable.Repeat("abc", 1024)), out _));
        Assert.False(RelativePath.TryParse(string.Join('/', Enumerable.Repeat("abc", 1025)), out _));
    }

    // Each of them once counted as 4,096 bytes: enough of them, and the sum was negative.
    [Theory]
    [InlineData('\0')]
    [InlineData('a')]
    [InlineData('\uffff')]
    public void No_length_of_a_text_makes_it_a_path(char character) =>
        Assert.False(RelativePath.TryParse(new string(character, 600_000), out _));

    [Fact]
    public void Paths_are_ordered_by_their_bytes()
    {
        string[] ordered = ["a", "a-b", "a/b", "a0", "b", "\uffff", "\ud83d\ude00"];
        Assert.Equal(ordered, ordered.Reverse().Select(RelativePath.Of).Order().Select(path => path.Text));
    }

    [Fact]
    public void A_path_knows_its_name_and_its_parent()
    {
        var path = RelativePath.Of("usr").Join("bin");
        Assert.Equal(("bin", "usr"), (path.Name, path.Parent!.Text));
        Assert.Null(RelativePath.Of("usr").Parent);
    }
}
