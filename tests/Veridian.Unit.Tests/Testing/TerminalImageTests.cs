using System.Xml.Linq;
using Veridian.Testing;

namespace Veridian.Unit.Tests.Testing;

public sealed class TerminalImageTests
{
    [Fact]
    public void The_image_of_the_readme_is_what_its_session_looks_like() =>
        Assert.Equal(File.ReadAllText(Checkout.PathOf("docs/session.svg")), TerminalImage.Draw(File.ReadAllText(Checkout.PathOf("docs/session.txt"))));

    [Fact]
    public void An_image_is_well_formed_and_keeps_text_and_colour()
    {
        var svg = XDocument.Parse(TerminalImage.Draw("$ vpkg <x> & y\n\u001b[31;1merror:\u001b[0m plain\n"));

        var texts = svg.Descendants().Where(element => element.Name.LocalName == "text").ToArray();
        Assert.Equal(["$ vpkg <x> & y", "error: plain"], texts.Select(text => text.Value));
        Assert.Contains(texts[1].Elements(), piece => piece.Value == "error:" && piece.Attribute("font-weight")?.Value == "bold" && piece.Attribute("fill")?.Value == "#ff7b72");
    }
}
