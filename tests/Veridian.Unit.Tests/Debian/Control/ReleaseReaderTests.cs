using System.Text;
using Veridian.Core.Errors;
using Veridian.Debian.Control;

namespace Veridian.Unit.Tests.Debian.Control;

public sealed class ReleaseReaderTests
{
    private const string Digest = "3a2118df47bf3f04285649f0455c2fc6fe2dc7f0b237073038aa00af41f0d5f2";

    private const string Good = $"""
        Origin: Debian
        Suite: oldstable
        Codename: bookworm
        Date: Sat, 06 Sep 2025 09:34:31 UTC
        Valid-Until: Sat, 13 Sep 2025 09:34:31 UTC
        Acquire-By-Hash: yes
        Architectures: all amd64
        Components: main contrib
        MD5Sum:
         0123 1 x
        SHA256:
         {Digest}  8790396 main/binary-amd64/Packages.xz
         {Digest}        0 main/binary-all/Packages

        """;

    [Fact]
    public void A_release_is_read()
    {
        var release = Read(Good);
        Assert.Equal(("oldstable", "bookworm", "Debian", true), (release.Suite, release.Codename, release.Origin, release.AcquireByHash));
        Assert.Equal(new DateTimeOffset(2025, 9, 6, 9, 34, 31, TimeSpan.Zero), release.Date);
        Assert.Equal(release.Date.AddDays(7), release.ValidUntil);
        Assert.Equal(["main", "contrib"], release.Components);
        Assert.Equal(["all", "amd64"], release.Architectures);
        Assert.Equal(2, release.Files.Count);
        Assert.Equal((8790396L, Digest), (release.Files["main/binary-amd64/Packages.xz"].Size, release.Files["main/binary-amd64/Packages.xz"].Sha256.ToString()));
    }

    [Theory]
    [InlineData("06 Sep", "6 Sep")]
    [InlineData("06 Sep", " 6 Sep")]
    [InlineData("09:34:31 UTC\nValid", "11:34:31 +0200\nValid")]
    [InlineData("09:34:31 UTC\nValid", "09:34:31 GMT\nValid")]
    public void Dates_have_several_spellings(string one, string other) =>
        Assert.Equal(new DateTimeOffset(2025, 9, 6, 9, 34, 31, TimeSpan.Zero), Read(Good.Replace(one, other, StringComparison.Ordinal)).Date);

    [Fact]
    public void A_release_may_never_expire() =>
        Assert.Null(Read(Good.Replace("Valid-Until:", "X-Until:", StringComparison.Ordinal)).ValidUntil);

    [Theory]
    [InlineData("Date: Sat", "Date: Someday", "no readable Date")]
    [InlineData("Date:", "X-Date:", "no readable Date")]
    [InlineData("Valid-Until: Sat, 13", "Valid-Until: Sat, 99", "unreadable Valid-Until")]
    [InlineData("SHA256:", "SHA512:", "no file with a SHA-256")]
    [InlineData("main/binary-amd64", "../binary-amd64", "malformed line in its list")]
    [InlineData("main/binary-amd64", "/binary-amd64", "malformed line in its list")]
    [InlineData("8790396", "-8790396", "malformed line in its list")]
    [InlineData("8790396", "", "malformed line in its list")]
    [InlineData(Digest + "  8", "zz  8", "malformed line in its list")]
    [InlineData("binary-all/Packages", "binary-amd64/Packages.xz", "two digests")]
    [InlineData("Origin: Debian", "Suite: other", "'Suite' twice")]
    [InlineData("Origin: Debian", "nonsense", "malformed line")]
    [InlineData("Suite: oldstable", "Suite: oldstable\n\nOrigin2: x", "not exactly one stanza")]
    public void A_malformed_release_is_refused(string good, string bad, string because)
    {
        var refused = Assert.Throws<UntrustedException>(() => Read(Good.Replace(good, bad, StringComparison.Ordinal)));
        Assert.Equal(ErrorCodes.MetadataMalformed, refused.Code);
        Assert.Contains(because, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_no_release() => Assert.Throws<UntrustedException>(() => Read(""));

    private static Release Read(string text) => ReleaseReader.Read(Encoding.UTF8.GetBytes(text), "Release of 'demo'");
}
