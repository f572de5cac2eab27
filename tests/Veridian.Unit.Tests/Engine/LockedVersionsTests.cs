using Veridian.Engine.Resolving;

namespace Veridian.Unit.Tests.Engine;

public sealed class LockedVersionsTests
{
    [Fact]
    public void Without_names_every_version_stays() =>
        Assert.Equal(2, LockedVersions.Of(PackageChangeTests.Selection(("a", "1", 0), ("b", "2", 0)), null).Count);

    [Fact]
    public void Names_that_may_move_are_not_locked() =>
        Assert.Equal(["b"], LockedVersions.Of(PackageChangeTests.Selection(("a", "1", 0), ("b", "2", 0)), ["a"]).Keys);

    [Fact]
    public void An_empty_list_means_that_all_may_move() =>
        Assert.Empty(LockedVersions.Of(PackageChangeTests.Selection(("a", "1", 0)), []));
}
