using System.Text;
using Veridian.Core.Errors;
using Veridian.Debian.Archive;

namespace Veridian.Unit.Tests.Debian.Archive;

public sealed class HostileDebTests
{
    private static readonly Dictionary<string, (Func<TarBuilder, TarBuilder> Write, string Because)> Table = new()
    {
        ["parent traversal"] = (t => t.File("./../etc/passwd"), "leads outside"),
        ["inner traversal"] = (t => t.File("./usr/../../etc/passwd"), "leads outside"),
        ["traversal through a long name"] = (t => t.LongName("./" + new string('a', 120) + "/../../../x").File("x"), "leads outside"),
        ["traversal through a pax path"] = (t => t.Pax("path=../x").File("x"), "leads outside"),
        ["absolute path"] = (t => t.File("/etc/passwd"), "leads outside"),
        ["absolute path after the dot"] = (t => t.File(".//etc/passwd"), "leads outside"),
        ["empty name"] = (t => t.File(""), "leads outside"),
        ["root as a file"] = (t => t.File("./"), "root and no directory"),
        ["root as a link"] = (t => t.SymbolicLink(".", "/"), "root and no directory"),
        ["file with a slash at its end"] = (t => t.File("./usr/x/"), "leads outside"),
        ["dot in the middle"] = (t => t.File("./usr/./x"), "leads outside"),
        ["overlong component"] = (t => t.LongName("./" + new string('a', 256)).File("x"), "leads outside"),
        ["overlong path"] = (t => t.LongName("./" + string.Concat(Enumerable.Repeat("a/", 2100)) + "x").File("x"), "leads outside"),
        ["name that is not UTF-8"] = (t => t.File("./usr/\u00ff\u00fe"), "not UTF-8"),
        ["NUL in a long name"] = (t => t.LongName("usr/x\0/../y").File("x"), "NUL"),
        ["NUL in a pax path"] = (t => t.Pax("path=usr/x\0y").File("x"), "NUL"),
        ["write through a link"] = (t => t.SymbolicLink("./a", "/etc").File("./a/passwd"), "lies below 'a'"),
        ["write through a link, deeper"] = (t => t.SymbolicLink("./a", "..").Directory("./a/b/").File("./a/b/c"), "lies below 'a'"),
        ["link below a link"] = (t => t.SymbolicLink("./a", "b").SymbolicLink("./a/x", "y"), "lies below 'a'"),
        ["write through a link of the merge"] = (t => t.SymbolicLink("./usr/lib", "/etc").File("./lib/x"), "lies below 'usr/lib'"),
        ["file below a file"] = (t => t.File("./a").File("./a/b"), "lies below 'a'"),
        ["link where a directory was"] = (t => t.Directory("./a/").SymbolicLink("./a", "/etc"), "is there twice"),
        ["link where a directory was implied"] = (t => t.File("./a/b").SymbolicLink("./a", "/etc"), "is there twice"),
        ["directory where a link was"] = (t => t.SymbolicLink("./a", "/etc").Directory("./a/"), "something else came before"),
        ["directory where a file was"] = (t => t.File("./a").Directory("./a/"), "something else came before"),
        ["file twice"] = (t => t.File("./a", "1").File("./a", "2"), "is there twice"),
        ["file twice under two spellings"] = (t => t.File("./a", "1").File("a", "1"), "is there twice"),
        ["file over a link"] = (t => t.SymbolicLink("./a", "/etc/passwd").File("./a", "x"), "is there twice"),
        ["link twice"] = (t => t.SymbolicLink("./a", "b").SymbolicLink("./a", "b"), "is there twice"),
        ["file in both places of the merge"] = (t => t.File("./bin/a", "1").File("./usr/bin/a", "1"), "is there twice"),
        ["other link in both places of the merge"] = (t => t.SymbolicLink("./bin/a", "1").SymbolicLink("./usr/bin/a", "2"), "is there twice"),
        ["alias of the merge as a file"] = (t => t.File("./bin"), "merged /usr"),
        ["alias of the merge as another link"] = (t => t.SymbolicLink("./lib", "/etc"), "merged /usr"),
        ["hard link out of the tree"] = (t => t.HardLink("./a", "/etc/shadow"), "leads outside"),
        ["hard link with traversal"] = (t => t.HardLink("./a", "../../etc/shadow"), "leads outside"),
        ["hard link to nothing"] = (t => t.HardLink("./a", "./b"), "no earlier file"),
        ["hard link to a later file"] = (t => t.HardLink("./a", "./b").File("./b"), "no earlier file"),
        ["hard link to a directory"] = (t => t.Directory("./b/").HardLink("./a", "./b"), "no earlier file"),
        ["hard link to a symbolic link"] = (t => t.SymbolicLink("./b", "/etc/shadow").HardLink("./a", "./b"), "no earlier file"),
        ["hard link to itself"] = (t => t.HardLink("./a", "./a"), "no earlier file"),
        ["hard link with content"] = (t => t.File("./b").Raw("./a", '1', "xx"u8.ToArray(), target: "./b"), "content where none can be"),
        ["directory with content"] = (t => t.Raw("./a/", '5', "xx"u8.ToArray()), "content where none can be"),
        ["empty link target"] = (t => t.SymbolicLink("./a", ""), "empty or overlong"),
        ["overlong link target"] = (t => t.LongLink(new string('x', 4096)).SymbolicLink("./a", ""), "empty or overlong"),
        ["character device"] = (t => t.Raw("./dev/null", '3', []), "device or a FIFO"),
        ["block device"] = (t => t.Raw("./dev/sda", '4', []), "device or a FIFO"),
        ["FIFO"] = (t => t.Raw("./run/pipe", '6', []), "device or a FIFO"),
        ["contiguous file"] = (t => t.Raw("./a", '7', []), "unknown type '7'"),
        ["sparse file"] = (t => t.Raw("./a", 'S', []), "unknown type 'S'"),
        ["global pax header"] = (t => t.Raw("g", 'g', []), "unknown type 'g'"),
        ["sparse file through pax"] = (t => t.Pax("GNU.sparse.major=1").File("./a"), "unknown key"),
        ["wrong checksum"] = (t => t.Raw("./a", '0', [], change: h => h[0] ^= 1, fixChecksum: false), "wrong checksum"),
        ["missing checksum"] = (t => t.Raw("./a", '0', [], change: h => h.AsSpan(148, 8).Fill((byte)' '), fixChecksum: false), "malformed checksum"),
        ["old tar without a mark"] = (t => t.Raw("./a", '0', [], change: h => h.AsSpan(257, 8).Clear()), "neither the ustar nor the GNU"),
        ["negative base-256 size"] = (t => t.Raw("./a", '0', [], change: h => h.AsSpan(124, 12).Fill(0xFF)), "malformed size"),
        ["huge base-256 size"] = (t => t.Raw("./a", '0', [], change: h => { h.AsSpan(124, 12).Fill(0x7F); h[124] = 0x80; }), "malformed size"),
        ["huge octal size"] = (t => t.Raw("./a", '0', [], change: h => "777777777777"u8.CopyTo(h.AsSpan(124))), "larger than"),
        ["base-256 size of 2^62"] = (t => t.Raw("./a", '0', [], change: h => { h.AsSpan(124, 12).Clear(); h[124] = 0x80; h[128] = 0x40; }), "larger than"),
        ["letters in a size"] = (t => t.Raw("./a", '0', [], change: h => "0000000000z\0"u8.CopyTo(h.AsSpan(124))), "malformed size"),
        ["digits of base ten in a size"] = (t => t.Raw("./a", '0', [], change: h => "00000000009\0"u8.CopyTo(h.AsSpan(124))), "malformed size"),
        ["empty size"] = (t => t.Raw("./a", '0', [], change: h => h.AsSpan(124, 12).Clear()), "malformed size"),
        ["two different sizes"] = (t => t.Pax("size=1536").File("./a", "abc"), "two sizes"),
        ["pax size that hides the header's"] = (t => t.Pax("size=0").File("./a", "abc"), "two sizes"),
        ["negative pax size"] = (t => t.Pax("size=-1").File("./a", "abc"), "pax header is malformed"),
        ["pax size beyond 64 bits"] = (t => t.Pax("size=99999999999999999999999").File("./a", "abc"), "pax header is malformed"),
        ["pax key twice"] = (t => t.Pax("path=a", "path=b").File("./c"), "twice"),
        ["unknown pax key"] = (t => t.Pax("hdrcharset=BINARY").File("./c"), "unknown key"),
        ["pax record that is too long for its header"] = (t => t.Raw("x", 'x', "99 path=a\n"u8.ToArray()).File("./c"), "pax header is malformed"),
        ["pax record of length zero"] = (t => t.Raw("x", 'x', "0 path=a\n"u8.ToArray()).File("./c"), "pax header is malformed"),
        ["pax record without a newline"] = (t => t.Raw("x", 'x', "9 path=ab"u8.ToArray()).File("./c"), "pax header is malformed"),
        ["pax record without a key"] = (t => t.Raw("x", 'x', "5 =a\n"u8.ToArray()).File("./c"), "pax header is malformed"),
        ["pax record with a huge length"] = (t => t.Raw("x", 'x', "99999999999999999999 path=a\n"u8.ToArray()).File("./c"), "pax header is malformed"),
        ["two pax headers"] = (t => t.Pax("path=a").Pax("path=b").File("./c"), "two extension headers"),
        ["two long names"] = (t => t.LongName("a").LongName("b").File("./c"), "two extension headers"),
        ["pax and GNU names together"] = (t => t.Pax("mtime=1").LongName("b").File("./c"), "both pax and GNU"),
        ["extension header at the end"] = (t => t.LongName("b"), "belongs to nothing"),
        ["pax header of 64 MiB"] = (t => t.Raw("x", 'x', [], change: h => TarBuilder.Octal(h, 124, 12, 64 << 20)), "extension header of 67108864 bytes"),
        ["long name of 64 MiB"] = (t => t.Raw("x", 'L', [], change: h => TarBuilder.Octal(h, 124, 12, 64 << 20)), "extension header of 67108864 bytes"),
        ["bytes hidden in the padding"] = (t => t.Raw("./a", '0', "abc"u8.ToArray(), change: h => TarBuilder.Octal(h, 124, 12, 2)), "hidden in its padding"),
        ["single zero block"] = (t => t.File("./a").Bytes(new byte[512]).File("./b"), "single zero block"),
        ["entry after the end"] = (t => t.File("./a").Bytes(new byte[1024]).File("./b"), "bytes after its end"),
        ["garbage after the end"] = (t => t.File("./a").Bytes(new byte[1024]).Bytes([1]), "bytes after its end"),
        ["two megabytes of zeros after the end"] = (t => t.File("./a").Bytes(new byte[2 << 20]), "bytes after its end"),
    };

    public static TheoryData<string> Attacks => [.. Table.Keys];

    [Theory]
    [MemberData(nameof(Attacks))]
    public void A_hostile_data_archive_is_refused(string attack)
    {
        var tar = Table[attack].Write(new TarBuilder().Directory("./")).End();
        DebReaderTests.Refused(DebBuilder.Of(tar), Table[attack].Because);
        DebReaderTests.Refused(DebBuilder.Of(tar, "zstd"), Table[attack].Because);
    }

    [Fact]
    public void An_archive_without_its_closing_blocks_is_refused()
    {
        DebReaderTests.Refused(DebBuilder.Of(new TarBuilder().File("./a").Unended()), "cut off");
        DebReaderTests.Refused(DebBuilder.Of(new TarBuilder().File("./a").Bytes(new byte[512]).Unended()), "cut off");
        DebReaderTests.Refused(DebBuilder.Of([]), "cut off");
    }

    [Fact]
    public void Members_must_be_exactly_the_three_in_order()
    {
        var (version, control, data) = ("2.0\n"u8.ToArray(), DebBuilder.Control, new TarBuilder().End());
        DebReaderTests.Refused([], "no ar archive");
        DebReaderTests.Refused(Encoding.ASCII.GetBytes("0.939000\n1234\n"), "no ar archive");
        DebReaderTests.Refused(new DebBuilder().Bytes(), "ends before its member 'debian-binary'");
        DebReaderTests.Refused(new DebBuilder().Member("debian-binary", version).Bytes(), "ends before its member 'control.tar'");
        DebReaderTests.Refused(new DebBuilder().Member("debian-binary", version).Member("control.tar", control).Bytes(), "ends before its member 'data.tar'");
        DebReaderTests.Refused(new DebBuilder().Member("control.tar", control).Bytes(), "has the member 'control.tar' where 'debian-binary' belongs");
        DebReaderTests.Refused(new DebBuilder().Member("debian-binary", version).Member("data.tar", data).Bytes(), "has the member 'data.tar' where 'control.tar' belongs");
        DebReaderTests.Refused(new DebBuilder().Member("debian-binary", version).Member("_gpg", []).Bytes(), "has the member '_gpg'");
        DebReaderTests.Refused([.. DebBuilder.Of(data), .. new DebBuilder().Member("data.tar", data).Bytes()[8..]], "unknown member 'data.tar' after");
        DebReaderTests.Refused([.. DebBuilder.Of(data), 0], "cut-off ar header");
        DebReaderTests.Refused(new DebBuilder().Member("debian-binary", version).Member("control.tar.bz2", control).Bytes(), "only .gz, .xz and .zst");
        DebReaderTests.Refused(new DebBuilder().Member("debian-binary", version).Member("control.tar.gz", control).Bytes(), "does not begin as a gzip file");
    }

    [Theory]
    [InlineData("3.0\n")]
    [InlineData("2\n")]
    [InlineData("2.\n")]
    [InlineData("2.0")]
    [InlineData("2.0\n2.0\n")]
    [InlineData("")]
    public void Unknown_format_versions_are_refused(string version) =>
        DebReaderTests.Refused(new DebBuilder().Member("debian-binary", Encoding.ASCII.GetBytes(version)).Member("control.tar", DebBuilder.Control).Member("data.tar", new TarBuilder().End()).Bytes(), "no known version");

    [Theory]
    [InlineData("-4")]
    [InlineData("+4")]
    [InlineData(" 4")]
    [InlineData("0x4")]
    [InlineData("")]
    public void Malformed_member_sizes_are_refused(string size) =>
        DebReaderTests.Refused(new DebBuilder().Member("debian-binary", "2.0\n"u8.ToArray(), size).Bytes(), "size");

    [Fact]
    public void A_member_larger_than_the_package_is_refused() =>
        DebReaderTests.Refused(new DebBuilder().Member("debian-binary", "2.0\n"u8.ToArray(), "9999999999").Bytes(), "no known version");

    [Fact]
    public void Names_of_members_cannot_be_paths() =>
        DebReaderTests.Refused(new DebBuilder().Member("a/b", []).Bytes(), "unusable name");

    [Fact]
    public void Control_members_are_plain_files_with_plain_names()
    {
        RefusedControl(t => t.File("./../x"), "no plain name");
        RefusedControl(t => t.File("./a/b"), "no plain name");
        RefusedControl(t => t.File("./.."), "no plain name");
        RefusedControl(t => t.File("./a b"), "no plain name");
        RefusedControl(t => t.File("./postinst").File("postinst"), "'postinst' twice");
        RefusedControl(t => t.SymbolicLink("./postinst", "/bin/sh"), "no regular file");
        RefusedControl(t => t.Directory("./sub/"), "no regular file");
        DebReaderTests.Refused(DebBuilder.Of(new TarBuilder().File("./md5sums").End(), new TarBuilder().End(), ""), "no control file");
    }

    [Fact]
    public void Control_data_is_sorted_and_has_one_encoding()
    {
        var control = ControlData.Of([new("postinst", "#!/bin/sh\n"u8.ToArray()), new("control", "a\n"u8.ToArray()), new("conffiles", Array.Empty<byte>())]);
        var bytes = control.ToCanonicalBytes();
        Assert.Equal("veridian-control 1\nconffiles 0\n\ncontrol 2\na\n\npostinst 10\n#!/bin/sh\n\n", Encoding.ASCII.GetString(bytes));
        Assert.Equal(bytes, ControlData.FromCanonicalBytes(bytes).ToCanonicalBytes());
        Assert.True(control.IsDiversionFree);
        Assert.False(ControlData.Of([new("control", Array.Empty<byte>()), new("preinst", "dpkg-divert --add x"u8.ToArray())]).IsDiversionFree);
    }

    [Theory]
    [InlineData("")]
    [InlineData("veridian-control 1\n")]
    [InlineData("veridian-control 1\ncontrol 02\na\n\n")]
    [InlineData("veridian-control 1\ncontrol +2\na\n\n")]
    [InlineData("veridian-control 1\ncontrol 3\na\n\n")]
    [InlineData("veridian-control 1\ncontrol 2147483647\na\n\n")]
    [InlineData("veridian-control 1\ncontrol -1\na\n\n")]
    [InlineData("veridian-control 1\npostinst 0\n\ncontrol 0\n\n")]
    [InlineData("veridian-control 1\ncontrol 0\n\n\n")]
    public void Other_encodings_of_control_data_are_refused(string text) =>
        Assert.Throws<UntrustedException>(() => ControlData.FromCanonicalBytes(Encoding.ASCII.GetBytes(text)));

    private static void RefusedControl(Func<TarBuilder, TarBuilder> write, string because)
    {
        var control = write(new TarBuilder().File("./control", "Package: demo\n")).End();
        DebReaderTests.Refused(DebBuilder.Of(control, new TarBuilder().End(), ""), because);
    }
}
