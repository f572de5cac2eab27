using System.Text;
using Veridian.Engine.Environments.Activation;
using Veridian.Engine.Environments.Planning;
using Veridian.Testing;

namespace Veridian.Integration.Tests.Environments;

public sealed class XmlCatalogTests
{
    private const string Records = "/var/lib/dpkg/info";

    private const string OddPostinst = """
        #!/bin/sh
        set -e
        if [ "$1" = "configure" ]; then
            update-xmlcatalog --sort --add --type uri --id "http://example.org/b/" --package odd-name --local /usr/share/xml-core/catalog.header
            update-xmlcatalog --add --type uri --id http://example.org/B/ --sort --local /usr/share/xml-core/catalog.header --package odd-name
            update-xmlcatalog --sort --add --type public --id "-//A  B//C & 'D'//EN" --package odd-name --local /usr/share/xml-core/catalog.footer
            update-xmlcatalog --sort --add --type public --id "-//A  B//C & 'D'//EN" --package odd-name --root
            update-xmlcatalog --sort --add --type uri --id "http://example.org/" --package odd-name --root
        fi

        """;

    [NeedsFact(Needs.Bubblewrap | Needs.XmlCore)]
    public void Catalogues_are_those_that_the_hosts_own_tool_writes_for_the_hosts_own_packages()
    {
        using var folder = new Testing.TemporaryFolder();
        Directory.CreateDirectory(folder.PathOf("etc"));
        Directory.CreateDirectory(folder.PathOf("records"));
        string[] scripts = [.. Directory.GetFiles(Records, "*.postinst").Order(StringComparer.Ordinal).Select(File.ReadAllText).Where(text => text.Contains("update-xmlcatalog", StringComparison.Ordinal)), OddPostinst];
        Assert.True(scripts.Length > 1);
        var calls = string.Join('\n', scripts.SelectMany(text => text.Split('\n')).Where(line => line.TrimStart().StartsWith("update-xmlcatalog ", StringComparison.Ordinal)));
        var (exitCode, _, error) = DebianEnvironment.Execute(
            "bwrap", "--ro-bind", "/", "/", "--dev", "/dev", "--bind", folder.PathOf("etc"), "/etc/xml", "--bind", folder.PathOf("records"), "/var/lib/xml-core", "sh", "-e", "-c", calls);
        Assert.True(exitCode == 0, error);

        var entries = XmlCatalogs.Read(scripts.Select(text => new PackageContents([], new Dictionary<string, ReadOnlyMemory<byte>> { ["postinst"] = Encoding.UTF8.GetBytes(text) })));
        var files = XmlCatalogs.Files(entries!, path => File.Exists("/" + path), (path, _) => File.ReadAllBytes("/" + path)).ToDictionary(file => Path.GetFileName(file.Path), file => Encoding.UTF8.GetString(file.Content!));
        var real = Directory.GetFiles(folder.PathOf("etc")).Where(path => !path.EndsWith(".old", StringComparison.Ordinal)).ToDictionary(path => Path.GetFileName(path), File.ReadAllText);
        Assert.Equal(real.OrderBy(file => file.Key), files.OrderBy(file => file.Key));
        Assert.Contains("catalog", files.Keys);
    }
}
