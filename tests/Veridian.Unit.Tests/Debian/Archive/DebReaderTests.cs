using System.Text;
using Veridian.Core.Errors;
using Veridian.Debian.Archive;
using Veridian.Unit.Tests.Formats.Compression;

namespace Veridian.Unit.Tests.Debian.Archive;

public sealed class DebReaderTests
{
    private static readonly DebLimits Wide = DebLimits.ForInstalledBytes(1 << 20);

    private static byte[] SmallTar => new TarBuilder()
        .Directory("./").Directory("./usr/").Directory("./usr/bin/")
        .File("./usr/bin/demo", "#!/bin/sh\n", 0x1ED)
        .File("./usr/share/doc/demo/copyright", "free")
        .SymbolicLink("./usr/bin/alias", "demo")
        .HardLink("./usr/bin/second", "./usr/bin/demo")
        .End();

    [Theory]
    [InlineData("")]
    [InlineData("gzip")]
    [InlineData("zstd")]
    public void A_small_package_becomes_a_tree(string format)
    {
        var sink = new RecordingSink();
        var contents = Unpack(DebBuilder.Of(SmallTar, format), sink);
        Assert.Equal(
            ["dir usr", "dir usr/bin", "exe usr/bin/demo #!/bin/sh", "file usr/share/doc/demo/copyright free", "link usr/bin/alias -> demo", "hard usr/bin/second = usr/bin/demo"],
            sink.Calls);
        Assert.Equal("Package: demo\nVersion: 1\n", Encoding.UTF8.GetString(contents.Control.ControlFile.Span));
        Assert.Equal(14, contents.FileBytes);
        Assert.Empty(contents.Neutralised);
    }

    [Theory]
    [InlineData("")]
    [InlineData("gzip")]
    [InlineData("zstd")]
    public void A_package_cut_off_at_any_byte_is_refused(string format)
    {
        var whole = DebBuilder.Of(SmallTar, format);
        for (var length = 0; length < whole.Length; length++)
        {
            Refused(whole[..length], "");
        }
    }

    [Fact]
    public void A_package_with_one_changed_byte_never_does_anything_but_unpack_or_be_refused()
    {
        var whole = DebBuilder.Of(SmallTar, "gzip");
        for (var at = 0; at < whole.Length; at++)
        {
            var changed = (byte[])whole.Clone();
            changed[at] ^= 0x15;
            try
            {
                Unpack(changed, new RecordingSink());
            }
            catch (UntrustedException refused)
            {
                Assert.Equal(ErrorCodes.ArchiveRefused, refused.Code);
            }
        }
    }

    [Fact]
    public void Set_id_and_sticky_bits_are_stripped_with_a_note()
    {
        var contents = Unpack(DebBuilder.Of(new TarBuilder().File("./usr/bin/su", "x", 0x9ED).Directory("./tmp/", 0x3FF).End()), new RecordingSink());
        Assert.Equal(["usr/bin/su: setuid bit is not kept", "tmp: sticky bit is not kept"], contents.Neutralised);
    }

    [Fact]
    public void Extended_attributes_are_dropped_with_a_note()
    {
        var tar = new TarBuilder().Pax("SCHILY.xattr.security.capability=abc", "mtime=1.5").File("./usr/bin/ping").End();
        Assert.Equal(["usr/bin/ping: extended attribute 'security.capability' is not kept"], Unpack(DebBuilder.Of(tar), new RecordingSink()).Neutralised);
    }

    [Fact]
    public void Top_level_bin_and_lib_go_below_usr()
    {
        var sink = new RecordingSink();
        Unpack(
            DebBuilder.Of(new TarBuilder().Directory("./bin/").File("./bin/sh", "a").File("./lib64/ld.so").SymbolicLink("./lib/x", "/lib/y").HardLink("./sbin/h", "./bin/sh").File("./library").End()),
            sink);
        Assert.Equal(["dir usr/bin", "file usr/bin/sh a", "file usr/lib64/ld.so", "link usr/lib/x -> /lib/y", "hard usr/sbin/h = usr/bin/sh", "file library"], sink.Calls);
    }

    [Fact]
    public void The_links_of_the_merged_usr_themselves_are_left_out()
    {
        var sink = new RecordingSink();
        Unpack(DebBuilder.Of(new TarBuilder().SymbolicLink("./bin", "usr/bin").SymbolicLink("./lib", "/usr/lib").File("./bin/x").End()), sink);
        Assert.Equal(["file usr/bin/x"], sink.Calls);
    }

    [Fact]
    public void The_same_link_in_both_places_is_one_link()
    {
        var sink = new RecordingSink();
        Unpack(DebBuilder.Of(new TarBuilder().SymbolicLink("./bin/x", "y").SymbolicLink("./usr/bin/x", "y").End()), sink);
        Assert.Equal(["link usr/bin/x -> y"], sink.Calls);
    }

    [Fact]
    public void Long_names_of_both_kinds_are_read()
    {
        var name = "usr/share/" + new string('n', 200);
        var sink = new RecordingSink();
        Unpack(
            DebBuilder.Of(new TarBuilder().LongName("./" + name + "1").File("short").Pax($"path=./{name}2").File("short").LongLink(name).SymbolicLink("l1", "").Pax($"linkpath={name}é").SymbolicLink("l2", "cut").End()),
            sink);
        Assert.Equal([$"file {name}1", $"file {name}2", $"link l1 -> {name}", $"link l2 -> {name}é"], sink.Calls);
    }

    [Fact]
    public void Sizes_may_be_in_base_256_and_in_pax_where_they_agree()
    {
        var sink = new RecordingSink();
        var tar = new TarBuilder()
            .Raw("a", '0', "abc"u8.ToArray(), change: h => { h.AsSpan(124, 12).Clear(); h[124] = 0x80; h[135] = 3; })
            .Pax("size=3").File("b", "abc").End();
        Unpack(DebBuilder.Of(tar), sink);
        Assert.Equal(["file a abc", "file b abc"], sink.Calls);
    }

    [Fact]
    public void Posix_prefixes_are_joined_to_names()
    {
        var sink = new RecordingSink();
        Unpack(DebBuilder.Of(new TarBuilder().Raw("x", '0', [], change: h => { "ustar\000"u8.CopyTo(h.AsSpan(257)); "./usr/lib"u8.CopyTo(h.AsSpan(345)); }).End()), sink);
        Assert.Equal(["file usr/lib/x"], sink.Calls);
    }

    [Fact]
    public void The_same_package_always_makes_the_same_calls()
    {
        var (first, second) = (new RecordingSink(), new RecordingSink());
        Unpack(DebBuilder.Of(SmallTar, "zstd"), first);
        Unpack(DebBuilder.Of(SmallTar, "zstd"), second);
        Assert.Equal(first.Calls, second.Calls);
    }

    [Fact]
    public void Limits_are_exact()
    {
        var deb = DebBuilder.Of(new TarBuilder().File("a", "123").File("b", "4567").End());
        var limits = new DebLimits { MaxTotalBytes = 7, MaxFileBytes = 4, MaxEntries = 2 };
        Unpack(deb, new RecordingSink(), limits);
        Refused(deb, "above 6 bytes", limits with { MaxTotalBytes = 6 });
        Refused(deb, "larger than 3 bytes", limits with { MaxFileBytes = 3 });
        Refused(deb, "more than 1 entries", limits with { MaxEntries = 1 });
        Refused(deb, "control archive is above its limits", limits with { MaxControlMemberBytes = 3 });
        Refused(deb, "control archive is above its limits", limits with { MaxControlBytes = 3 });
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("zstd")]
    public void A_bomb_in_the_data_archive_is_stopped(string format)
    {
        var tar = new TarBuilder().File("a").Unended();
        Refused(DebBuilder.Of([.. tar, .. new byte[8 << 20]], format), "bytes after its end");
        Refused(DebBuilder.Of(new TarBuilder().File("a", new string('0', 8 << 20)).End(), format), "larger than", new DebLimits { MaxTotalBytes = 1000, MaxFileBytes = 1000, MaxEntries = 10 });
    }

    [Fact]
    public void Deep_paths_cannot_eat_the_memory()
    {
        var tar = new TarBuilder();
        for (var i = 0; i < 40; i++)
        {
            tar.LongName($"d{i}/" + string.Concat(Enumerable.Repeat("a/", 2000)) + "f").File("short");
        }

        Refused(DebBuilder.Of(tar.End(), "zstd"), "text in paths");
    }

    [Fact]
    public void Cancellation_is_seen_between_entries() => Assert.Throws<OperationCanceledException>(() =>
        DebReader.Unpack(new MemoryStream(DebBuilder.Of(SmallTar)), new RecordingSink(), Wide, 1, new CancellationToken(canceled: true)));

    [Fact]
    public void An_empty_archive_in_xz_is_an_empty_tree()
    {
        var sink = new RecordingSink();
        Unpack(new DebBuilder().Member("debian-binary", "2.0\n"u8.ToArray()).Member("control.tar", DebBuilder.Control).Member("data.tar.xz", XzSamples.Zeros).Bytes(), sink);
        Assert.Empty(sink.Calls);
    }

    internal static DebContents Unpack(byte[] deb, RecordingSink sink, DebLimits? limits = null) =>
        DebReader.Unpack(new MemoryStream(deb), sink, limits ?? Wide, 1, CancellationToken.None);

    internal static void Refused(byte[] deb, string because, DebLimits? limits = null)
    {
        var refused = Assert.Throws<UntrustedException>(() => Unpack(deb, new RecordingSink(), limits));
        Assert.Equal(ErrorCodes.ArchiveRefused, refused.Code);
        Assert.Contains(because, refused.Message, StringComparison.Ordinal);
    }
}
