using Veridian.Core.Packages;

namespace Veridian.Unit.Tests.Core.Packages;

/// <summary>V-3.2. The chains are the ones that the text of SemVer 2.0.0 gives in its clause 11.</summary>
public sealed class SemverOrderTests
{
    private const string Table = """
        1.0.0 < 2.0.0
        2.0.0 < 2.1.0
        2.1.0 < 2.1.1
        1.0.0-alpha < 1.0.0
        1.0.0-alpha < 1.0.0-alpha.1
        1.0.0-alpha.1 < 1.0.0-alpha.beta
        1.0.0-alpha.beta < 1.0.0-beta
        1.0.0-beta < 1.0.0-beta.2
        1.0.0-beta.2 < 1.0.0-beta.11
        1.0.0-beta.11 < 1.0.0-rc.1
        1.0.0-rc.1 < 1.0.0
        1.0.0+a = 1.0.0+b
        1.0.0+a = 1.0.0
        1.0.0-rc.1+a = 1.0.0-rc.1
        1.9.0 < 1.10.0
        1.10.0 < 1.11.0
        1.0.0-1 < 1.0.0-a
        1.0.0-9 < 1.0.0-10
        1.0.0-A < 1.0.0-a
        1.0.0-a-b > 1.0.0-a
        1.0.0-a.b < 1.0.0-a-b
        1.0.0-0 < 1.0.0-0.0
        1.0.0-- > 1.0.0-9
        1.0.0 < 1.0.1-0
        99999999999999999999.0.0 < 100000000000000000000.0.0
        """;

    public static TheoryData<string, char, string> Rows => VersionTable.Rows(Table);

    [Theory, MemberData(nameof(Rows))]
    public void Versions_are_ordered_by_precedence(string left, char order, string right) =>
        VersionTable.Check(VersionScheme.Semver, left, order, right);

    [Theory]
    [InlineData("1.2.3", true)]
    [InlineData("0.0.0", true)]
    [InlineData("1.2.3-rc.1+build.007", true)]
    [InlineData("1.2.3--", true)]
    [InlineData("1.2.3+-", true)]
    [InlineData("1.2", false)]
    [InlineData("1.2.3.4", false)]
    [InlineData("01.2.3", false)]
    [InlineData("1.2.3-01", false)]
    [InlineData("1.2.3-0a", true)]
    [InlineData("1.2.3-", false)]
    [InlineData("1.2.3-a..b", false)]
    [InlineData("1.2.3+", false)]
    [InlineData("v1.2.3", false)]
    [InlineData("1.2.x", false)]
    public void Only_semantic_versions_are_versions(string text, bool valid) =>
        Assert.Equal(valid, PackageVersion.TryParse(VersionScheme.Semver, text, out _));
}
