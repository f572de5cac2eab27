using Veridian.Store.Text;

namespace Veridian.Unit.Tests.Store;

public sealed class FieldTextTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("plain text ü", "plain text ü")]
    [InlineData("a\tb\nc\\d\u007f", "a\\x09b\\x0ac\\x5cd\\x7f")]
    public void Control_characters_and_backslashes_are_escaped_and_come_back(string text, string escaped)
    {
        Assert.Equal(escaped, FieldText.Escape(text));
        Assert.Equal(text, FieldText.Unescape(escaped));
    }

    [Theory]
    [InlineData("\\")]
    [InlineData("\\n")]
    [InlineData("\\x4")]
    [InlineData("\\x41")]
    [InlineData("\\x0A")]
    [InlineData("raw\ttab\\x09")]
    public void No_other_spelling_is_accepted(string escaped) => Assert.Null(FieldText.Unescape(escaped));

    [Fact]
    public void Any_text_survives()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var random = new Random(seed);
            var text = new string([.. Enumerable.Range(0, random.Next(20)).Select(_ => (char)random.Next(0, 0x100))]);
            Assert.Equal(text, FieldText.Unescape(FieldText.Escape(text)));
        }
    }
}
