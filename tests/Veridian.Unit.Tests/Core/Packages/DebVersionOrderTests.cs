using Veridian.Core.Packages;

namespace Veridian.Unit.Tests.Core.Packages;

/// <summary>V-3.1. Every line was checked against <c>dpkg --compare-versions</c> of Debian 12.</summary>
public sealed class DebVersionOrderTests
{
    private const string Table = """
        1.0 = 1.0
        1.0 < 1.1
        1.9 < 1.10
        1.2 < 1.11
        1.0 < 1.0.1
        1.0 < 1.0.0
        1 < 1.0
        1 < 1.
        1. = 1.0
        1.00 = 1.0
        01.0 = 1.0
        1.0000001 = 1.1
        0 = 00
        0 < 0.0
        0 < 1
        1.0 = 1.0-0
        1.0 < 1.0-1
        1.0-0 = 1.0-00
        1.0-1 < 1.0-1.1
        1.0-1 < 1.0-2
        1.0-9 < 1.0-10
        1.0-1 < 1.0-1ubuntu1
        1.0-1 < 1.0-1+b1
        1.0-1+b1 < 1.0-1+b2
        1.0-1+b9 < 1.0-1+b10
        1.0-1~bpo12+1 < 1.0-1
        1.0-1 < 1.0-1+deb12u1
        1.0-1+deb12u1 < 1.0-1+deb12u2
        1.0-1~deb12u1 < 1.0-1
        1.0-0ubuntu1 < 1.0-1
        1.0-0.1 < 1.0-1
        1.0-1-1 > 1.0-1
        1.0-1-1 > 1.0-2
        1-1-1 < 1.0-1
        1.0~rc1 < 1.0
        1.0~rc1-1 < 1.0-1
        1.0~rc1 < 1.0~rc2
        1.0~rc9 < 1.0~rc10
        1.0~alpha < 1.0~beta
        1.0~beta1 < 1.0~rc1
        1.0~~ < 1.0~
        1.0~~ < 1.0~~a
        1.0~~a < 1.0~
        1.0~ < 1.0
        1.0 < 1.0a
        1.0~ < 1.0a
        1.0~rc1~git20240101 < 1.0~rc1
        1.0~rc1+git1 > 1.0~rc1
        1.0a < 1.0b
        1.0a < 1.0aa
        1.0Z < 1.0a
        1.0A < 1.0a
        1.0a < 1.0+
        1.0a < 1.0.
        1.0z < 1.0+a
        1.0+ < 1.0.
        1.0+dfsg < 1.0.1
        1.0+dfsg-1 > 1.0-1
        1.0+dfsg1-1 < 1.0+dfsg2-1
        1.0+dfsg-1 < 1.0.0-1
        1.0+ds-1 > 1.0+dfsg-1
        1.0a1 < 1.0a2
        1.0a9 < 1.0a10
        1.0a01 = 1.0a1
        1a < 1.0
        1a1 > 1a
        2.0 > 1.99999999999999999999
        1.99999999999999999998 < 1.99999999999999999999
        1.20240101 > 1.2
        20230101-1 < 20240101-1
        2024a-0+deb12u1 < 2024b-0+deb12u1
        2024a < 2024aa
        9.4p1 > 9.4
        9.4p1-1 < 9.4p2-1
        1:9.2p1-2+deb12u3 > 9.9p1-1
        0:1.0 = 1.0
        00:1.0 = 0:1.0
        1:1.0 > 2.0
        1:0 > 999
        2:1.0 > 1:9.0
        10:1 > 9:9
        1:1.0 = 1:1.0
        1:1.0~rc1 < 1:1.0
        4:12.2.0-3 > 12.2.0-14
        1:2.39.5-0+deb12u1 < 1:2.39.5-1
        1:1.2.13.dfsg-1 > 1:1.2.13
        7.88.1-10+deb12u8 < 7.88.1-10+deb12u12
        5.36.0-7+deb12u1 > 5.36.0-7
        2.36-9+deb12u9 < 2.36-9+deb12u10
        252.30-1~deb12u2 < 252.30-1
        3.0.15-1~deb12u1 < 3.0.15-1
        6.1.119-1 < 6.1.128-1
        1.6-2.1 > 1.6
        1.6-2.1 < 1.6.1
        1.6-2.1 < 1.7~
        1.6 > 1.6-~1
        0.0.0 < 0.0.1~rc1
        1.2.3-1 < 1.2.3.1-1
        1.2.3-1~ < 1.2.3-1
        1.2.3-1~~ < 1.2.3-1~
        1.2.3-1.~ < 1.2.3-1.
        1.1.1w-0+deb11u1 > 1.1.1n-0+deb11u5
        1:1:2 > 1:1
        a < b
        a > 9
        2147483647:1 > 2147483646:9
        """;

    public static TheoryData<string, char, string> Rows => VersionTable.Rows(Table);

    [Theory, MemberData(nameof(Rows))]
    public void Versions_are_ordered_as_dpkg_orders_them(string left, char order, string right) =>
        VersionTable.Check(VersionScheme.Deb, left, order, right);

    [Fact]
    public void Comparing_does_not_allocate() =>
        Assert.Equal(0, Allocation.Of(() => DebVersionOrder.Compare("1:2.39.5-0+deb12u1", "1:2.39.5-0+deb12u2")));

    [Theory]
    [InlineData("1.0", true)]
    [InlineData("1:2.39.5-0+deb12u1", true)]
    [InlineData("1.2.13.dfsg-1", true)]
    [InlineData("1-2-3", true)]
    [InlineData("1:1:2", true)]
    [InlineData("2147483647:1", true)]
    [InlineData("a", true)]
    [InlineData("", false)]
    [InlineData("-1", false)]
    [InlineData("1-", false)]
    [InlineData("1:", false)]
    [InlineData(":1", false)]
    [InlineData("a:1", false)]
    [InlineData("+1:1", false)]
    [InlineData("2147483648:1", false)]
    [InlineData("1_0", false)]
    [InlineData("1 0", false)]
    [InlineData("1.0-1:2", false)]
    [InlineData("~1", false)]
    [InlineData("1.ö", false)]
    public void Only_texts_that_dpkg_takes_are_versions(string text, bool valid) =>
        Assert.Equal(valid, PackageVersion.TryParse(VersionScheme.Deb, text, out _));
}
