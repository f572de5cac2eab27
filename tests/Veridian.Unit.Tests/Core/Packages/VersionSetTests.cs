using FsCheck;
using FsCheck.Fluent;
using Veridian.Core.Packages;

namespace Veridian.Unit.Tests.Core.Packages;

/// <summary>V-4, V-6 and V-7.</summary>
public sealed class VersionSetTests
{
    private static readonly string[][] Versions =
    [
        ["0", "1~rc1", "1", "1-1", "1-1+b1", "1.0", "1.2-3", "1.2.3", "1.2a", "2~rc1", "2", "2-0", "2-1", "10", "1:0.9", "1:1-1", "1:2", "3:1", "3:1.2-3"],
        ["0.0.0", "0.9.0", "1.0.0-0", "1.0.0-rc.1", "1.0.0-rc.1.0", "1.0.0", "1.0.1-0", "1.0.1", "1.2.0", "1.2.3", "2.0.0-0", "2.0.0-a", "2.0.0", "10.0.0"],
        ["0", "1rc1", "1", "1a", "1.0", "1.2", "1.2.3", "2~", "2rc1", "2", "2a", "10", "nightly"],
    ];

    private static readonly string[][] Constraints =
    [
        ["=1", "!=1.2", "^1", "~1.2.3", "1.*", "1:1.*", ">=1:1", "<3:1", "<2", ">=1.2-3", "<=1", ">1", "=1-1", "*", "=1:2", "<0:2", "!=3:1-1"],
        ["=1.0.0", "!=1.2", "^1.0.0", "~1.2.3", "1.*", ">=1.0.0-rc.1", "<2", "<=1.0.0", ">1.0.0", ">1.0.0-rc.1", "*", "<2.0.0-a"],
        ["=1", "!=1.2", "^1", "~1.2.3", "1.*", ">=1a", "<2", "<=1.2", ">nightly", "*"],
    ];

    private static Gen<VersionSet> Sets(VersionScheme scheme)
    {
        var atoms = Gen.OneOf(
            Gen.Elements(Constraints[(int)scheme]).Select(text => ConstraintParser.Parse(scheme, text, null)),
            from version in Gen.Elements(Versions[(int)scheme])
            from kind in Gen.Elements(RelationKind.Any, RelationKind.Less, RelationKind.LessOrEqual, RelationKind.Equal, RelationKind.GreaterOrEqual, RelationKind.Greater)
            select VersionSet.From(kind, PackageVersion.Of(scheme, version)));
        var pairs = from left in atoms from right in atoms from kind in Gen.Choose(0, 3) select Mix(kind, left, right);
        return Gen.OneOf(atoms, pairs, from left in pairs from right in pairs from kind in Gen.Choose(0, 3) select Mix(kind, left, right));
    }

    private static VersionSet Mix(int kind, VersionSet left, VersionSet right) => kind switch
    {
        0 => left.Intersect(right),
        1 => left.Union(right),
        2 => left.Intersect(right.Complement()),
        _ => left.Union(right.Complement()),
    };

    private static readonly Gen<(VersionSet A, VersionSet B, VersionSet C)> Triples =
        from scheme in Gen.Elements(VersionScheme.Deb, VersionScheme.Semver, VersionScheme.Generic)
        from a in Sets(scheme)
        from b in Sets(scheme)
        from c in Sets(scheme)
        select (a, b, c);

    private static void Holds(Func<VersionSet, VersionSet, VersionSet, bool> law) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(1000), Prop.ForAll(Triples.ToArbitrary(), sets => law(sets.A, sets.B, sets.C)));

    [Fact]
    public void Membership_follows_the_logic_of_and_or_not() => Holds((a, b, _) => Versions[(int)a.Scheme].All(v =>
        a.Intersect(b).Contains(v) == (a.Contains(v) && b.Contains(v))
        && a.Union(b).Contains(v) == (a.Contains(v) || b.Contains(v))
        && a.Complement().Contains(v) == !a.Contains(v)));

    [Fact]
    public void A_set_and_its_complement_make_everything_and_share_nothing() => Holds((a, _, _) =>
        a.Union(a.Complement()).IsAll && a.Intersect(a.Complement()).IsEmpty && a.Complement().Complement().Equals(a));

    [Fact]
    public void Intersection_and_union_commute_associate_and_are_idempotent() => Holds((a, b, c) =>
        a.Intersect(b).Equals(b.Intersect(a)) && a.Union(b).Equals(b.Union(a))
        && a.Intersect(b).Intersect(c).Equals(a.Intersect(b.Intersect(c))) && a.Union(b).Union(c).Equals(a.Union(b.Union(c)))
        && a.Intersect(a).Equals(a) && a.Union(a).Equals(a));

    [Fact]
    public void Intersection_and_union_distribute_and_absorb() => Holds((a, b, c) =>
        a.Intersect(b.Union(c)).Equals(a.Intersect(b).Union(a.Intersect(c)))
        && a.Union(b.Intersect(c)).Equals(a.Union(b).Intersect(a.Union(c)))
        && a.Union(a.Intersect(b)).Equals(a) && a.Intersect(a.Union(b)).Equals(a));

    [Fact]
    public void De_Morgans_laws_hold() => Holds((a, b, _) =>
        a.Intersect(b).Complement().Equals(a.Complement().Union(b.Complement()))
        && a.Union(b).Complement().Equals(a.Complement().Intersect(b.Complement())));

    [Fact]
    public void Equal_sets_have_equal_hash_codes_and_the_neutral_sets_are_neutral() => Holds((a, b, _) =>
        a.Union(b).GetHashCode() == b.Union(a).GetHashCode()
        && a.Union(VersionSet.Empty(a.Scheme)).Equals(a) && a.Intersect(VersionSet.All(a.Scheme)).Equals(a));

    [Fact]
    public void Every_set_can_be_written() => Holds((a, b, c) => a.Intersect(b).Union(c).ToString().Length > 0);

    [Fact]
    public void A_set_in_some_epochs_says_in_which() =>
        Assert.Equal(">=1:2.0, <1:3 or >=2+:2, <2+:3", ConstraintParser.Parse(VersionScheme.Deb, ">=1:2.0, ^2", null).ToString());

    [Fact]
    public void A_relation_of_an_index_is_strict()
    {
        foreach (var scheme in Enum.GetValues<VersionScheme>())
        {
            foreach (var (bound, version, kind) in from b in Versions[(int)scheme] from v in Versions[(int)scheme] from k in Enum.GetValues<RelationKind>() where k != RelationKind.Set select (b, v, k))
            {
                var set = VersionSet.From(kind, PackageVersion.Of(scheme, bound));
                Assert.True(VersionOrder.Satisfies(scheme, version, kind, bound) == set.Contains(version), $"{version} in {set}");
            }
        }
    }

    [Fact]
    public void The_same_set_is_equal_however_it_was_said()
    {
        AssertSame(VersionScheme.Deb, ">=1, <1.3", ">=1, <1.3, <2");
        AssertSame(VersionScheme.Deb, "=1.0", "=1.00");
        AssertSame(VersionScheme.Deb, "=1-0", "=1-00");
        AssertSame(VersionScheme.Deb, "!=1, !=2", "!=2, !=1");
        AssertSame(VersionScheme.Semver, "<=1.2.3", "<1.2.4");
        AssertSame(VersionScheme.Semver, "^1.2.0", ">=1.2.0, <2.0.0");
        AssertSame(VersionScheme.Semver, "=1.2", "1.2.*");
        AssertSame(VersionScheme.Semver, ">1.0.0-rc.1", ">=1.0.0-rc.1.0");
        Assert.NotEqual(ConstraintParser.Parse(VersionScheme.Deb, "=1", null), VersionSet.Exactly(PackageVersion.Of(VersionScheme.Deb, "1")));
    }

    [Theory]
    [InlineData(VersionScheme.Deb, "*", "*")]
    [InlineData(VersionScheme.Deb, ">2, <1", "no version")]
    [InlineData(VersionScheme.Deb, "=1.6", "=1.6")]
    [InlineData(VersionScheme.Deb, "=1.6-2", "=1.6-2")]
    [InlineData(VersionScheme.Deb, "!=1.6", "!=1.6")]
    [InlineData(VersionScheme.Deb, "17.*", "17.*")]
    [InlineData(VersionScheme.Deb, "!=17.*", "!=17.*")]
    [InlineData(VersionScheme.Deb, "^1.2", ">=1.2, <2")]
    [InlineData(VersionScheme.Deb, "~1.2.3", ">=1.2.3, <1.3")]
    [InlineData(VersionScheme.Deb, ">1, <=2", ">1, <=2")]
    [InlineData(VersionScheme.Deb, ">1-3, <=2-3", ">1-3, <=2-3")]
    [InlineData(VersionScheme.Deb, ">=1:2.0", ">=1:2.0")]
    [InlineData(VersionScheme.Deb, "<1:2.0", "<1:2.0")]
    [InlineData(VersionScheme.Deb, "=1:2.0", "=1:2.0")]
    [InlineData(VersionScheme.Deb, "!=1:2.0", "!=1:2.0")]
    [InlineData(VersionScheme.Deb, ">=1:2.0, <3:1", ">=1:2.0, <3:1")]
    [InlineData(VersionScheme.Deb, "1:17.*", "1:17.*")]
    [InlineData(VersionScheme.Deb, "!=1.2, !=1.4", "<1.2 or >1.2, <1.4 or >1.4")]
    [InlineData(VersionScheme.Semver, "=1.2.3", "=1.2.3")]
    [InlineData(VersionScheme.Semver, "!=1.2.3", "!=1.2.3")]
    [InlineData(VersionScheme.Semver, "^1.2.3", ">=1.2.3, <2.0.0")]
    [InlineData(VersionScheme.Semver, "17.*", "17.*")]
    [InlineData(VersionScheme.Semver, "1.2.*", "1.2.*")]
    [InlineData(VersionScheme.Semver, "=1.2.3-rc.1", "=1.2.3-rc.1")]
    [InlineData(VersionScheme.Semver, "<=1.2.3", "<1.2.4")]
    [InlineData(VersionScheme.Generic, "^9.4p1", ">=9.4p1, <10")]
    [InlineData(VersionScheme.Generic, "=2024a", "=2024a")]
    public void A_set_is_written_in_the_constraint_grammar_and_reads_back(VersionScheme scheme, string constraint, string written)
    {
        var set = ConstraintParser.Parse(scheme, constraint, null);
        Assert.Equal(written, set.ToString());
        if (!written.Contains(" or ", StringComparison.Ordinal) && !set.IsEmpty)
        {
            Assert.Equal(set, ConstraintParser.Parse(scheme, written, null));
        }
    }

    [Theory]
    [InlineData(RelationKind.Equal, "1.6", "=0:1.6-0")]
    [InlineData(RelationKind.GreaterOrEqual, "1:2.3-4", ">=1:2.3-4")]
    [InlineData(RelationKind.GreaterOrEqual, "2.34", ">=0:2.34-0")]
    [InlineData(RelationKind.Less, "3.0.0-1~", "<0:3.0.0-1~")]
    [InlineData(RelationKind.Greater, "1.0-1", ">0:1.0-1")]
    public void A_strict_Debian_relation_is_written_with_epoch_and_revision(RelationKind kind, string version, string written)
    {
        var set = VersionSet.From(kind, PackageVersion.Of(VersionScheme.Deb, version));
        Assert.Equal(written, set.ToString());
        Assert.Equal(set, ConstraintParser.Parse(VersionScheme.Deb, written, null));
    }

    [Fact]
    public void Asking_for_membership_does_not_allocate()
    {
        var set = ConstraintParser.Parse(VersionScheme.Deb, ">=1:2.0, <3:1, !=1:2.5", null);
        Assert.Equal(0, Allocation.Of(() => Assert.True(set.Contains("1:2.39.5-0+deb12u1"))));
    }

    [Fact]
    public void Versions_of_two_schemes_are_never_mixed()
    {
        var deb = VersionSet.All(VersionScheme.Deb);
        Assert.Throws<ArgumentException>(() => deb.Intersect(VersionSet.All(VersionScheme.Semver)));
        Assert.Throws<ArgumentException>(() => deb.Contains(PackageVersion.Of(VersionScheme.Semver, "1.0.0")));
        Assert.Throws<ArgumentException>(() => PackageVersion.Of(VersionScheme.Deb, "1").CompareTo(PackageVersion.Of(VersionScheme.Generic, "1")));
        Assert.NotEqual(deb, VersionSet.All(VersionScheme.Semver));
    }

    private static void AssertSame(VersionScheme scheme, string left, string right) =>
        Assert.Equal(ConstraintParser.Parse(scheme, left, null), ConstraintParser.Parse(scheme, right, null));
}
