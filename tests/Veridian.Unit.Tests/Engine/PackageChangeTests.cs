using Veridian.Core.Hashing;
using Veridian.Engine.Applying;
using Veridian.Formats.Lockfile;

namespace Veridian.Unit.Tests.Engine;

public sealed class PackageChangeTests
{
    [Fact]
    public void From_nothing_everything_is_added() =>
        Assert.Equal([(ChangeKind.Added, "a"), (ChangeKind.Added, "b")], Kinds(null, Selection(("b", "1", 0), ("a", "1", 0))));

    [Fact]
    public void Newer_older_other_and_gone_are_told_apart_by_the_order_of_versions() =>
        Assert.Equal(
            [(ChangeKind.Downgraded, "down"), (ChangeKind.Removed, "gone"), (ChangeKind.Replaced, "other"), (ChangeKind.Upgraded, "up")],
            Kinds(
                Selection(("up", "1.9", 0), ("down", "1:1", 0), ("other", "1", 0), ("gone", "1", 0), ("same", "1", 0)),
                Selection(("up", "1.10", 0), ("down", "9", 0), ("other", "1", 7), ("same", "1", 0))));

    [Fact]
    public void The_same_selection_has_no_changes() =>
        Assert.Empty(PackageChange.Between(Selection(("a", "1", 0)), Selection(("a", "1", 0))));

    private static IEnumerable<(ChangeKind, string)> Kinds(LockedSelection? before, LockedSelection after) =>
        PackageChange.Between(before, after).Select(change => (change.Kind, change.Name));

    internal static LockedSelection Selection(params (string Name, string Version, byte Content)[] packages) => new()
    {
        Environment = "default",
        Platform = "linux-amd64",
        Inputs = new string('0', 64),
        Objective = "1",
        Packages =
        [
            .. packages.Select(package => new LockedPackage
            {
                Name = package.Name,
                Version = package.Version,
                Architecture = "amd64",
                Repository = "debian",
                Suite = "bookworm",
                Url = $"pool/{package.Name}.deb",
                Size = 1,
                Sha256 = new Sha256Digest([.. Enumerable.Repeat(package.Content, 32)]),
            }),
        ],
    };
}
