using System.Text;
using Veridian.Core.Errors;
using Veridian.Core.Packages;
using Veridian.Debian.Control;

namespace Veridian.Unit.Tests.Debian.Control;

public sealed class PackagesReaderTests
{
    private const string Demo = """
        Package: demo
        Source: demo-source (1.2)
        Version: 1:1.2-3
        Architecture: amd64
        Essential: yes
        Installed-Size: 10
        Pre-Depends: dpkg (>= 1.15.6~)
        Depends: libc6 (>= 2.34), python3:any (<< 4), mta | exim4 (= 4-1) |
          postfix:native, gcc:amd64, wine:i386
        Recommends: curl
        Suggests: nothing
        Conflicts: rival
        Breaks: old (<= 1), older (< 2)
        Replaces: old (> 0)
        Provides: virtual, editor (= 2)
        Maintainer: Jörg Example <joerg@example.org>
        Description: small example
         It has two
         .
         paragraphs.
        Homepage: https://example.org/
        Section: utils
        Multi-Arch: foreign
        Filename: pool/main/d/demo/demo_1.2-3_amd64.deb
        Size: 1234
        SHA256: 3a2118df47bf3f04285649f0455c2fc6fe2dc7f0b237073038aa00af41f0d5f2

        """;

    [Fact]
    public void Every_field_that_solving_needs_is_read()
    {
        var entry = Assert.Single(Read(Demo).Entries);
        Assert.Equal(("demo", "1:1.2-3", VersionScheme.Deb, "amd64", true), (entry.Name, entry.Version, entry.Scheme, entry.Architecture, entry.Essential));
        Assert.Equal(
            ["dpkg (>= 1.15.6~)", "libc6 (>= 2.34)", "python3 (<< 4)", "mta | exim4 (= 4-1) | postfix", "gcc", "wine:i386"],
            entry.Depends.Select(row => string.Join(" | ", row)));
        Assert.Equal(["curl"], entry.Recommends.Select(row => string.Join(" | ", row)));
        Assert.Equal(["rival", "old (<= 1)", "older (<= 2)"], entry.Conflicts.Select(r => r.ToString()));
        Assert.Equal(["old (>= 0)"], entry.Replaces.Select(r => r.ToString()));
        Assert.Equal([new ProvidedName("virtual", ""), new ProvidedName("editor", "2")], entry.Provides);
        Assert.Equal((1234L, 10240L, 7, 900), (entry.DownloadBytes, entry.InstalledBytes, entry.Source, entry.Priority));
    }

    [Fact]
    public void Offset_and_length_find_the_record_again()
    {
        var text = "\n\n" + Minimal("first") + "\n\n" + Demo + "\n" + Minimal("last").TrimEnd();
        var bytes = Encoding.UTF8.GetBytes(text);
        var content = Read(text);
        Assert.Equal(["first", "demo", "last"], content.Entries.Select(e => e.Name));
        Assert.Equal(["first", "demo", "last"], content.Entries.Select(e => NameAt(bytes.AsSpan((int)e.Offset, e.Length))));
    }

    [Fact]
    public void A_record_has_all_that_downloading_and_showing_need()
    {
        var record = PackageRecordReader.Read(Encoding.UTF8.GetBytes(Demo));
        Assert.Equal(("demo", "1:1.2-3", "demo-source", 1234L), (record.Name, record.Version, record.Source, record.Size));
        Assert.Equal("pool/main/d/demo/demo_1.2-3_amd64.deb", record.Filename);
        Assert.StartsWith("3a2118df", record.Sha256.ToString(), StringComparison.Ordinal);
        Assert.Equal(("small example", "It has two\n\nparagraphs."), (record.Summary, record.Description));
        Assert.Equal(("Jörg Example <joerg@example.org>", "utils", "foreign", "https://example.org/"), (record.Maintainer, record.Section, record.MultiArch, record.Homepage));
        Assert.Equal(("dpkg (>= 1.15.6~)", "nothing"), (record.PreDepends, record.Suggests));
    }

    [Theory]
    [InlineData("Filename: pool", "Filename: ../pool", "Filename")]
    [InlineData("Filename: pool", "Filename: /pool", "Filename")]
    [InlineData("Size: 1234", "Size: -1", "Size")]
    [InlineData("SHA256: 3a", "SHA256: 3", "SHA256")]
    [InlineData("SHA256:", "SHA512:", "SHA256")]
    [InlineData("Section: utils", "Size: 5", "'Size' twice")]
    [InlineData("Section: utils", "no field", "malformed line")]
    public void A_record_that_cannot_be_downloaded_is_refused(string good, string bad, string because)
    {
        var refused = Assert.Throws<UntrustedException>(() => PackageRecordReader.Read(Encoding.UTF8.GetBytes(Demo.Replace(good, bad, StringComparison.Ordinal))));
        Assert.Equal(ErrorCodes.MetadataMalformed, refused.Code);
        Assert.Contains(because, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Package: Bad Name\nVersion: 1\nArchitecture: all", "no package name")]
    [InlineData("Version: 1\nArchitecture: all", "no package name")]
    [InlineData("Package: x\nArchitecture: all", "no version")]
    [InlineData("Package: x\nVersion: 1 2\nArchitecture: all", "no version")]
    [InlineData("Package: x\nVersion: 1é\nArchitecture: all", "no version")]
    [InlineData("Package: x\nVersion: 1\nArchitecture: i386", "neither amd64 nor all")]
    [InlineData("Package: x\nVersion: 1", "neither amd64 nor all")]
    [InlineData("Package: x\nVersion: 1\nArchitecture: all\nSize: x", "no number")]
    [InlineData("Package: x\nVersion: 1\nArchitecture: all\nSize: 9999999999999999999", "no number")]
    [InlineData("Package: x\nVersion: 1\nArchitecture: all\nInstalled-Size: -1", "no number")]
    [InlineData("Package: x\nVersion: 1\nVersion: 2\nArchitecture: all", "same field twice")]
    [InlineData("Package: x\nnonsense\nVersion: 1\nArchitecture: all", "malformed line")]
    [InlineData(" Package: x\nVersion: 1\nArchitecture: all", "malformed line")]
    [InlineData("Package: x\nVersion: 1\nArchitecture: all\nDepends: a b", "relation")]
    [InlineData("Package: x\nVersion: 1\nArchitecture: all\nDepends: a (1)", "relation")]
    [InlineData("Package: x\nVersion: 1\nArchitecture: all\nDepends: a (>=)", "relation")]
    [InlineData("Package: x\nVersion: 1\nArchitecture: all\nDepends: a (=> 1)", "relation")]
    [InlineData("Package: x\nVersion: 1\nArchitecture: all\nDepends: a (>= 1", "relation")]
    [InlineData("Package: x\nVersion: 1\nArchitecture: all\nDepends: a (", "relation")]
    [InlineData("Package: x\nVersion: 1\nArchitecture: all\nDepends: a |", "relation")]
    [InlineData("Package: x\nVersion: 1\nArchitecture: all\nDepends: a: (= 1)", "relation")]
    [InlineData("Package: x\nVersion: 1\nArchitecture: all\nDepends: a [amd64]", "relation")]
    [InlineData("Package: x\nVersion: 1\nArchitecture: all\nDepends: a <!nocheck>", "relation")]
    [InlineData("Package: x\nVersion: 1\nArchitecture: all\nConflicts: a | b", "relation")]
    [InlineData("Package: x\nVersion: 1\nArchitecture: all\nProvides: a (>= 1)", "relation")]
    public void A_bad_stanza_is_skipped_and_spoils_nothing(string stanza, string because)
    {
        var content = Read(Minimal("before") + "\n" + stanza + "\n\n" + Minimal("after"));
        Assert.Equal(["before", "after"], content.Entries.Select(e => e.Name));
        var skipped = Assert.Single(content.Skipped);
        Assert.Contains(because, skipped.Reason, StringComparison.Ordinal);
        Assert.Equal(Minimal("before").Length + 1, skipped.Offset);
    }

    [Fact]
    public void Empty_rows_and_fields_are_nothing()
    {
        var entry = Assert.Single(Read(Minimal("x") + "Depends: a, , b,\nRecommends:\n").Entries);
        Assert.Equal(2, entry.Depends.Count);
        Assert.Empty(entry.Recommends);
    }

    [Fact]
    public void Equal_texts_are_one_string_over_several_files()
    {
        var reader = new PackagesReader("amd64");
        var first = Assert.Single(reader.Read(Encoding.UTF8.GetBytes(Demo), 0, 0).Entries);
        var second = Assert.Single(reader.Read(Encoding.UTF8.GetBytes(Demo), 1, 0).Entries);
        Assert.Same(first.Name, second.Name);
        Assert.Same(first.Depends[1], second.Depends[1]);
    }

    [Fact]
    public void Many_bad_stanzas_do_not_fill_the_memory() =>
        Assert.Equal(1000, Read(string.Concat(Enumerable.Repeat("bad\n\n", 5000))).Skipped.Count);

    [Fact]
    public void Text_cut_off_anywhere_is_read_without_failing()
    {
        var bytes = Encoding.UTF8.GetBytes(Demo);
        for (var length = 0; length <= bytes.Length; length++)
        {
            new PackagesReader("amd64").Read(bytes.AsSpan(0, length), 0, 0);
        }
    }

    private static string Minimal(string name) => $"Package: {name}\nVersion: 1\nArchitecture: all\n";

    private static PackagesContent Read(string text) => new PackagesReader("amd64").Read(Encoding.UTF8.GetBytes(text), 7, 900);

    private static string NameAt(ReadOnlySpan<byte> stanza) => Encoding.UTF8.GetString(stanza).Split('\n')[0].Split(": ")[1];
}
