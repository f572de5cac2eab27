using FsCheck;
using FsCheck.Fluent;
using Veridian.Core.Errors;
using Veridian.Core.Packages;

namespace Veridian.Unit.Tests.Core.Packages;

/// <summary>V-5.</summary>
public sealed class ConstraintParserTests
{
    [Theory]
    [InlineData("", "0 1:1~rc1", "")]
    [InlineData("*", "0 1:1~rc1", "")]
    [InlineData("1.6", "1.6 1.6-2.1 1.6-0 1:1.6-2", "1.6.1 1.6+dfsg-1 1.6~rc1-1 1.7")]
    [InlineData("=1.6", "1.6-2.1 1.6-~1", "1.6.0-1 1.5-1")]
    [InlineData("=1.6-2.1", "1.6-2.1 1.6-2.01 1:1.6-2.1", "1.6 1.6-2 1.6-2.1+b1")]
    [InlineData("=1:1.6", "1:1.6-2", "1.6-2 2:1.6-2")]
    [InlineData("=0:1.6", "1.6-2", "1:1.6-2")]
    [InlineData("!=1.6", "1.5 1.6.1 1.6~rc1", "1.6 1.6-2 1:1.6-2")]
    [InlineData("!=1:1.6", "1.6-2 2:1.6", "1:1.6-2")]
    [InlineData("=1:a:2", "1:a:2-1", "1:a:3 a")]
    [InlineData("17.*", "17 17.0.2-1 17~rc1-1 17a 17+dfsg-1 1:17.1", "16.9 18 18~rc1 170 1.7")]
    [InlineData("=17.*", "17 17.0.2-1", "18~rc1")]
    [InlineData("!=17.*", "16.9 18~rc1", "17 17.1 17~rc1")]
    [InlineData("1:17.*", "1:17.1", "17.1 2:17.1")]
    [InlineData("1.2.*", "1.2 1.2.9-1 1.2~beta 1.02", "1.3~~ 1.20 1.1.9 1")]
    [InlineData("1.9.*", "1.9.9", "1.10 1.8")]
    [InlineData("^1.2", "1.2 1.2-1 1.2.0-1 1.9.9 1.10 4:1.3-2", "1.1.9 1.2~rc1 2 2~rc1 2.0")]
    [InlineData("^0.2.3", "0.2.3-1 0.2.9", "0.3 0.3~1 0.2.2 1.0")]
    [InlineData("^0.0.3", "0.0.3-1 0.0.3.1", "0.0.4~rc1 0.0.4")]
    [InlineData("^0.0", "0.0-1 0.0.9", "0.1 0.1~")]
    [InlineData("^0", "0 0.9", "1 1~rc")]
    [InlineData("^9.4p1", "9.4p1-1 9.5 9.4p2", "9.4 10 10~")]
    [InlineData("^1:2.30", "1:2.39.5-0+deb12u1", "2.39.5 2:2.39")]
    [InlineData("^1.2.3-4", "1.2.3-4 1.2.3-5 1.3", "1.2.3-3 1.2.3 2~")]
    [InlineData("~1.2.3", "1.2.3-1 1.2.9", "1.3 1.3~rc1 1.2.2")]
    [InlineData("~1.2", "1.2-1 1.2.9", "1.3~ 1.1")]
    [InlineData("~1", "1-1 1.9", "2~ 0.9")]
    [InlineData("~2024a", "2024a-1 2024b", "2025a 2023c")]
    [InlineData(">=1,<2", "1 1-1 1.9-3 1:1.5", "0.9 1~rc1 2 2~rc1 2-1")]
    [InlineData(">= 1.6 , < 1.6.5", "1.6-1 1.6.4", "1.6.5~rc1")]
    [InlineData(">=1.6", "1.6-~1 1.6 2 1:1.7", "1.6~rc1-1 1:1.5 1.5")]
    [InlineData(">=1:2.30", "1:2.30 2:1 1:2.39.5-0+deb12u1", "2.30 9999 1:2.29")]
    [InlineData("<1:2.30", "1:2.29 9999", "1:2.30~rc1 1:2.30 2:1")]
    [InlineData(">1.6", "1.6.0 1.6a 1.7", "1.6 1.6-9 1.6~rc1")]
    [InlineData(">1.6-2", "1.6-3 1.6-2+b1 1.7", "1.6 1.6-2")]
    [InlineData("<=1.6", "1.6-9 1.6~rc1 1", "1.6.1 1.6+dfsg-1")]
    [InlineData("<=1.6-2", "1.6-2 1.6-1 1.6", "1.6-2+b1")]
    [InlineData("<2", "1.9", "2~rc1-1 2-1 2")]
    [InlineData("<2-1", "2 2-0 2~rc1", "2-1")]
    [InlineData("<2~rc2", "2~rc1 2~beta", "2~rc2 2~rc2~1 2")]
    [InlineData(">2,<1", "", "0 1 1.5 2 3")]
    public void A_Debian_constraint_holds_just_these(string constraint, string inside, string outside) =>
        CheckMembers(VersionScheme.Deb, constraint, inside, outside);

    [Theory]
    [InlineData("1.0.0", "1.0.0 1.0.0+b", "1.0.1 1.0.0-rc")]
    [InlineData("=1.2.3-rc.1", "1.2.3-rc.1", "1.2.3 1.2.3-rc.1.0")]
    [InlineData("^1.0.0", "1.0.0 1.0.9 1.9.0", "0.9.9 2.0.0 2.0.0-rc.1 1.0.0-rc.1")]
    [InlineData("^1.2", "1.2.0 1.9.9", "1.1.9 2.0.0-0")]
    [InlineData("^0.2.3", "0.2.3 0.2.9", "0.3.0 0.2.2 0.3.0-a")]
    [InlineData("^0.0.3", "0.0.3", "0.0.4 0.0.2 0.0.4-a")]
    [InlineData("^1.2.3-rc.1", "1.2.3-rc.1 1.2.3-rc.2 1.2.3 1.9.0", "1.2.3-beta 2.0.0")]
    [InlineData("~1.2.3", "1.2.3 1.2.9", "1.3.0 1.2.2 1.3.0-a")]
    [InlineData("~1", "1.0.0 1.9.9", "2.0.0")]
    [InlineData(">=1.0.0, <2.0.0", "1.0.0 1.9.9", "2.0.0 0.9.9 2.0.0-rc.1 1.0.0-rc.1")]
    [InlineData(">=1,<2", "1.0.0 1.9.9", "2.0.0 2.0.0-rc.1 0.9.0")]
    [InlineData("<2.0.0-rc.2", "2.0.0-rc.1", "2.0.0-rc.2 2.0.0")]
    [InlineData(">1.2", "1.3.0 1.3.0-rc.1 2.0.0", "1.2.9 1.2.0")]
    [InlineData("<=1.2", "1.2.9 0.1.0", "1.3.0-0 1.3.0")]
    [InlineData("17.*", "17.0.0 17.9.9 17.0.0-rc.1", "18.0.0-0 16.9.9")]
    [InlineData("17", "17.0.0 17.9.9", "18.0.0")]
    [InlineData("1.2.*", "1.2.0 1.2.9", "1.3.0")]
    [InlineData("!=1.2.3", "1.2.4 1.2.3-rc", "1.2.3 1.2.3+b")]
    [InlineData("!=1.2", "1.3.0 1.1.9", "1.2.3")]
    [InlineData("*", "0.0.0-0 1.0.0", "")]
    public void A_semver_constraint_holds_just_these(string constraint, string inside, string outside) =>
        CheckMembers(VersionScheme.Semver, constraint, inside, outside);

    [Theory]
    [InlineData("=2024a", "2024a 2024.a", "2024b 2024")]
    [InlineData("^9.4p1", "9.4p1 9.9", "9.4 10.0 10rc1")]
    [InlineData("9.*", "9 9.4p1 9rc1", "10 8.9 10rc1")]
    [InlineData(">=2023,<2025", "2023 2023a 2024b", "2025 2025rc1 2022z")]
    [InlineData("<=9.4", "9.4 9.4rc1", "9.4p1")]
    [InlineData(">nightly", "1.0 9", "nightly")]
    public void A_generic_constraint_holds_just_these(string constraint, string inside, string outside) =>
        CheckMembers(VersionScheme.Generic, constraint, inside, outside);

    [Theory]
    [InlineData("17", "17.*")]
    [InlineData("1.2", "1.2.*")]
    [InlineData("17.*", "17.*")]
    [InlineData("1:14", "1:14.*")]
    [InlineData("1.2.3", "=1.2.3")]
    [InlineData("1.2.3.4", "=1.2.3.4")]
    [InlineData("1.6-2.1", "=1.6-2.1")]
    [InlineData("2024a", "=2024a")]
    [InlineData("=1.6", "=1.6")]
    [InlineData("^1.2", "^1.2")]
    [InlineData("~ 1.2", "~1.2")]
    [InlineData(">=1,<2", ">=1, <2")]
    [InlineData("latest", "*")]
    [InlineData("*", "*")]
    public void What_follows_an_at_sign_is_put_into_the_profiles_grammar(string after, string constraint) =>
        Assert.Equal(constraint, ConstraintParser.FromAtForm(after));

    [Theory]
    [InlineData(VersionScheme.Deb, ">=1 <2", 5)]
    [InlineData(VersionScheme.Deb, ">=1,", 5)]
    [InlineData(VersionScheme.Deb, ",", 1)]
    [InlineData(VersionScheme.Deb, ">=", 3)]
    [InlineData(VersionScheme.Deb, "==1", 1)]
    [InlineData(VersionScheme.Deb, ">>1", 1)]
    [InlineData(VersionScheme.Deb, "=>1", 1)]
    [InlineData(VersionScheme.Deb, ">=1 || <2", 5)]
    [InlineData(VersionScheme.Deb, "1-", 1)]
    [InlineData(VersionScheme.Deb, "= 1_2", 3)]
    [InlineData(VersionScheme.Deb, "^git", 2)]
    [InlineData(VersionScheme.Deb, "x:1", 1)]
    [InlineData(VersionScheme.Deb, "a.*", 1)]
    [InlineData(VersionScheme.Deb, ">=17.*", 1)]
    [InlineData(VersionScheme.Semver, "1.2.3.4", 1)]
    [InlineData(VersionScheme.Semver, "v1.2.3", 1)]
    [InlineData(VersionScheme.Semver, ">=1.0.0, <x", 11)]
    [InlineData(VersionScheme.Semver, "1.2.3.*", 1)]
    public void What_cannot_be_read_is_refused_with_its_column(VersionScheme scheme, string constraint, int column)
    {
        var error = Assert.Throws<InvalidInputException>(() => ConstraintParser.Parse(scheme, constraint, new SourceSpan("vpkg.toml", 3, 10)));
        Assert.Equal(ErrorCodes.ConstraintSyntax, error.Code);
        Assert.Equal(new SourceSpan("vpkg.toml", 3, 9 + column), error.Place);
        Assert.Contains($"column {column}", error.Message, StringComparison.Ordinal);
        Assert.EndsWith(".", error.Hint, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(">=1 <2", "Version constraint '>=1 <2' cannot be read: expected ',' or the end at column 5.", "Put a comma between the parts, as in '>=1, <2'.")]
    [InlineData("==1", "Version constraint '==1' cannot be read: '==' is no operator at column 1.", "Write '=' once.")]
    [InlineData("=1,", "Version constraint '=1,' cannot be read: expected a version at column 4.", "Remove the comma, or write a constraint beside it.")]
    [InlineData("^git", "Version constraint '^git' cannot be read: expected a number after '^' at column 2.", "Write '=git', because only numbers can be compatible.")]
    [InlineData(">=17.*", "Version constraint '>=17.*' cannot be read: '>=' does not go with '*' at column 1.", "Write '17.*' without '>='.")]
    public void The_message_says_what_was_expected_and_the_hint_what_to_write(string constraint, string message, string hint)
    {
        var error = Assert.Throws<InvalidInputException>(() => ConstraintParser.Parse(VersionScheme.Deb, constraint, null));
        Assert.Equal((message, hint), (error.Message, error.Hint));
    }

    [Fact]
    public void Any_text_is_read_or_refused_but_never_breaks_the_reader()
    {
        var texts = Gen.Elements("=<>!^~*.,:-+ 0129azA_|\u00e9".ToCharArray()).ListOf().Select(letters => new string([.. letters]));
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(5000), Prop.ForAll(texts.ToArbitrary(), text =>
        {
            foreach (var scheme in Enum.GetValues<VersionScheme>())
            {
                try
                {
                    Assert.NotEmpty(ConstraintParser.Parse(scheme, text, null).ToString());
                }
                catch (InvalidInputException error)
                {
                    Assert.EndsWith(".", error.Hint, StringComparison.Ordinal);
                }
            }

            return true;
        }));
    }

    [Fact]
    public void A_constraint_of_endless_length_is_refused() =>
        Assert.Throws<InvalidInputException>(() => ConstraintParser.Parse(VersionScheme.Deb, new string('1', ConstraintParser.MaxLength + 1), null));

    private static void CheckMembers(VersionScheme scheme, string constraint, string inside, string outside)
    {
        var set = ConstraintParser.Parse(scheme, constraint, null);
        Assert.All(inside.Split(' ', StringSplitOptions.RemoveEmptyEntries), version => Assert.True(set.Contains(PackageVersion.Of(scheme, version)), $"{version} should be in {set}"));
        Assert.All(outside.Split(' ', StringSplitOptions.RemoveEmptyEntries), version => Assert.False(set.Contains(PackageVersion.Of(scheme, version)), $"{version} should not be in {set}"));
    }
}
