using System.Text;
using Veridian.Debian.MaintainerScripts;
using Veridian.Engine.Environments.Activation;

namespace Veridian.Unit.Tests.Environments;

public sealed class XmlCatalogTests
{
    private const string Good = "update-xmlcatalog --sort --add --type public --id \"-//A B//EN\" --package a --local /usr/share/xml/a.xml";

    [Fact]
    public void A_literal_command_that_surely_runs_is_understood() =>
        Assert.Equal([new XmlCatalogEntry("a", "Public", "-//A B//EN", "/usr/share/xml/a.xml")], Read($"if [ \"$1\" = configure ]; then {Good}; fi").Understood);

    [Theory]
    [InlineData("if [ -e /x ]; then update-xmlcatalog --sort --add --type uri --id x --package a --root; fi")]
    [InlineData("for i in x y; do update-xmlcatalog --sort --add --type uri --id $i --package a --root; done")]
    [InlineData("update-xmlcatalog --add --type uri --id x --package a --root")]
    [InlineData("update-xmlcatalog --sort --del --type uri --id x --root")]
    [InlineData("update-xmlcatalog --sort --add --type uri --id 'x\"y' --package a --root")]
    [InlineData("update-xmlcatalog --sort --add --type uri --id x --package ../a --root")]
    [InlineData("update-xmlcatalog --sort --add --type uri --id x --package a --root --local /x")]
    [InlineData("update-xmlcatalog --sort --add --type uri --id x --package a --file /x")]
    [InlineData("x=$(which update-xmlcatalog); $x --sort --add --type uri --id x --package a --root")]
    public void Everything_else_that_names_the_tool_is_not(string line)
    {
        var content = Read(line);
        Assert.Empty(content.Understood);
        Assert.NotEmpty(content.NotUnderstood);
    }

    [Fact]
    public void Where_one_package_does_not_tell_the_scripts_of_all_run()
    {
        var (one, two) = (new TestPackage("one").Script("postinst", $"#!/bin/sh\n{Good}\n"), new TestPackage("two").Script("postinst", "#!/bin/sh\nupdate-xmlcatalog \"$@\"\n"));
        Assert.Empty(TestPackage.Plan(one).Records.Single().Skipped);
        Assert.Equal(["xml-catalogs"], TestPackage.Plan(one).Records.Single().Applied);
        Assert.All(TestPackage.Plan(one, two).Records, record => Assert.Equal("postinst", Assert.Single(record.Skipped).Name));
    }

    [Fact]
    public void Entries_are_sorted_by_bytes_and_those_without_a_catalogue_left_out()
    {
        XmlCatalogEntry[] entries =
        [
            new("a", "System", "b", "/usr/x"), new("a", "System", "B", "/usr/x"), new("a", "URI", "u", "/usr/gone"), new("a", "URI", "r", null),
            new("b", "URI", "r", null), new("c", "URI", "lost", null), new("b", "Public", "p", "/usr/x"),
        ];
        var files = XmlCatalogs.Files(entries, path => path == "usr/x", (path, _) => Encoding.UTF8.GetBytes(path[^6..] + "\n")).ToDictionary(file => file.Path, file => Encoding.UTF8.GetString(file.Content!));
        Assert.Equal("header\n<delegateSystem systemIdStartString=\"B\" catalog=\"file:///usr/x\"/>\n<delegateSystem systemIdStartString=\"b\" catalog=\"file:///usr/x\"/>\nfooter\n", files["etc/xml/a.xml"]);
        Assert.Equal("header\n<delegateURI uriStartString=\"r\" catalog=\"file:///etc/xml/a.xml\"/>\nfooter\n", files["etc/xml/catalog"]);
        Assert.Equal(["etc/xml/a.xml", "etc/xml/b.xml", "etc/xml/catalog"], files.Keys.Order());
    }

    private static XmlCatalogContent Read(string script) => XmlCatalogReader.Read(Encoding.UTF8.GetBytes("#!/bin/sh\nset -e\n" + script));
}
