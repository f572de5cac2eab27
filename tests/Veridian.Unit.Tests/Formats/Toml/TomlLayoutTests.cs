using System.Text;
using Veridian.Core.Errors;
using Veridian.Formats.Toml;

namespace Veridian.Unit.Tests.Formats.Toml;

/// <summary>TO-10.</summary>
public sealed class TomlLayoutTests
{
    [Fact]
    public void Blanks_become_even_and_comments_stay()
    {
        const string Before = "\n\n# top\na=1   # one\n   b   =   [1,\n  2 ] \t\n\n\n\n# about x\n[x]\r\nc = \"\"\"\n  as   is  \n\"\"\"\n[[y]] # list\n# last\n\n\n";
        const string After = "# top\na = 1 # one\nb = [1,\n  2 ]\n\n# about x\n[x]\nc = \"\"\"\n  as   is  \n\"\"\"\n\n[[y]] # list\n# last\n";
        Assert.Equal(After, Format(Before));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a = 1\n")]
    [InlineData("[a]\n")]
    [InlineData("\"a = b\" = { c = 1, d.e = 2 }\n")]
    [InlineData("a.b = 1\na.c = 2\n\n[d] # why\n")]
    public void What_is_in_house_form_stays(string text) => Assert.Equal(text, Format(text));

    [Fact]
    public void Every_file_of_the_suite_keeps_its_meaning_and_has_one_house_form()
    {
        foreach (var file in TomlSuite.Files("valid"))
        {
            var before = File.ReadAllBytes(file);
            var once = TomlLayout.Format(before, file);
            Assert.Equal(TomlTaggedJson.Write(TomlDocument.Parse(before, file)), TomlTaggedJson.Write(TomlDocument.Parse(once, file)));
            Assert.True(once.AsSpan().SequenceEqual(TomlLayout.Format(once, file)), file);
        }
    }

    [Fact]
    public void What_cannot_be_read_is_refused() => Assert.Throws<InvalidInputException>(() => Format("a = = 1"));

    private static string Format(string text) => Encoding.UTF8.GetString(TomlLayout.Format(Encoding.UTF8.GetBytes(text), "a.toml"));
}
