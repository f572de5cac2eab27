using Veridian.Debian.Sources;

namespace Veridian.Unit.Tests.Debian.Sources;

public sealed class AptSourcesReaderTests
{
    [Fact]
    public void One_line_entries_are_read()
    {
        var sources = AptSourcesReader.Read(
            """
            # comment
            deb http://deb.example.org/debian bookworm main contrib # more

            deb-src [ arch=amd64,arm64 signed-by=/usr/share/keyrings/x.gpg ] https://example.org/debian bookworm-updates main
            deb [trusted=yes] file:/srv/repo ./
            """,
            "sources.list").Sources;
        Assert.Equal(["deb http://deb.example.org/debian bookworm main contrib", "deb-src https://example.org/debian bookworm-updates main", "deb file:/srv/repo ./ "], sources.Select(Show));
        Assert.Equal(["sources.list:2", "sources.list:4", "sources.list:5"], sources.Select(s => s.Place.ToString()));
        Assert.Equal(["amd64", "arm64"], sources[1].Architectures);
        Assert.Equal(["/usr/share/keyrings/x.gpg"], sources[1].SignedBy!.Paths);
        Assert.Null(sources[0].SignedBy);
    }

    [Fact]
    public void Stanzas_are_read()
    {
        var content = AptSourcesReader.Read(
            """
            # comment
            Types: deb deb-src
            URIs: https://deb.example.org/debian
            Suites: bookworm bookworm-updates
            # in the middle
            Components: main
            Signed-By: /usr/share/keyrings/a.gpg

            Types: deb
            Enabled: no
            URIs: https://two.example.org/
            Suites: stable
            Components: main
            Architectures: amd64
            Signed-By:
             -----BEGIN PGP PUBLIC KEY BLOCK-----
             .
             mQINBFit
             -----END PGP PUBLIC KEY BLOCK-----
            """,
            "debian.sources");
        Assert.Empty(content.Ignored);
        Assert.Equal(["deb,deb-src https://deb.example.org/debian bookworm,bookworm-updates main", "deb https://two.example.org/ stable main"], content.Sources.Select(Show));
        Assert.Equal([true, false], content.Sources.Select(s => s.Enabled));
        Assert.Equal(["debian.sources:2", "debian.sources:9"], content.Sources.Select(s => s.Place.ToString()));
        Assert.Equal("-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nmQINBFit\n-----END PGP PUBLIC KEY BLOCK-----\n", content.Sources[1].SignedBy!.InlineKey);
    }

    [Theory]
    [InlineData("deb cdrom:[Debian GNU/Linux 12.0 _Bookworm_ - x]/ bookworm main", "CD-ROM")]
    [InlineData("deb mirror+http://x/list bookworm main", "Mirror lists")]
    [InlineData("deb mirror://x/list bookworm main", "Mirror lists")]
    [InlineData("deb tor+https://x/ bookworm main", "'tor+https:' is not supported")]
    [InlineData("deb ftp://x/ bookworm main", "'ftp:' is not supported")]
    [InlineData("deb http:// bookworm main", "cannot be read")]
    [InlineData("deb https://x/ bookworm", "names no component")]
    [InlineData("deb https://x/ flat/ main", "no components")]
    [InlineData("deb https://x/", "no URL or no suite")]
    [InlineData("deb", "no URL or no suite")]
    [InlineData("rpm https://x/ bookworm main", "neither deb nor deb-src")]
    [InlineData("deb [arch=amd64 https://x/ bookworm main", "options")]
    [InlineData("deb [nonsense] https://x/ bookworm main", "options")]
    public void What_cannot_be_used_is_listed_with_its_reason(string line, string reason)
    {
        var content = AptSourcesReader.Read(line + "\ndeb https://good.example.org/ a b\n", "x.list");
        Assert.Single(content.Sources);
        var ignored = Assert.Single(content.Ignored);
        Assert.Contains(reason, ignored.Reason, StringComparison.Ordinal);
        Assert.Equal(line, ignored.Text);
    }

    [Theory]
    [InlineData("Types: deb\nSuites: a\nComponents: b", "no URL")]
    [InlineData("URIs: https://x/\nSuites: a\nComponents: b", "neither deb")]
    [InlineData("Types: deb\nTypes: deb\nURIs: https://x/", "twice")]
    [InlineData("nonsense", "malformed")]
    [InlineData("Types: deb\nURIs: https://x/ cdrom:x\nSuites: a\nComponents: b", "CD-ROM")]
    [InlineData("Types: deb\nURIs: https://x/\nSuites: a b/\nComponents: c", "mixes")]
    public void Stanzas_that_cannot_be_used_are_listed_too(string stanza, string reason) =>
        Assert.Contains(reason, Assert.Single(AptSourcesReader.Read("\n\n" + stanza + "\n", "x.sources").Ignored).Reason, StringComparison.Ordinal);

    [Fact]
    public void Fingerprints_are_told_from_files() =>
        Assert.Equal(["ABCDEF"], AptSourcesReader.Read("deb [signed-by=abcdef!,/k.gpg] https://x/ a b", "x.list").Sources[0].SignedBy!.Fingerprints);

    [Fact]
    public void An_endless_file_is_ignored() =>
        Assert.Single(AptSourcesReader.Read(new string('#', 2 << 20), "x.list").Ignored);

    private static string Show(AptSource source) =>
        $"{string.Join(',', source.Types)} {string.Join(',', source.Uris)} {string.Join(',', source.Suites)} {string.Join(' ', source.Components)}";
}
