using Veridian.Core.Packages;

namespace Veridian.Formats.Lockfile;

/// <summary>Merges two locks that grew from one, package by package.</summary>
/// <remarks>
/// Source: <c>spec/lockfile.md</c> L-13 to L-15. The result is a proposal: whoever uses it lets the solver check it against the
/// merged profile, which keeps what can be kept.
/// </remarks>
public static class LockMerge
{
    /// <summary>The inputs of a selection that was put together and that no solver has seen: they fit no profile.</summary>
    private static readonly string Unchecked = new('0', 64);

    /// <summary>The merged lock. A side that did not change something gives way; where both changed one package, the newer version is taken.</summary>
    /// <param name="common">What both grew from; empty where there was nothing.</param>
    /// <param name="ours">One side; decides what cannot be merged, such as whose inputs the lock is for.</param>
    /// <param name="theirs">The other side.</param>
    public static LockFile Of(LockFile common, LockFile ours, LockFile theirs)
    {
        var keys = ours.Selections.Concat(theirs.Selections).Select(selection => (selection.Environment, selection.Platform)).Distinct();
        var merged = new List<LockedSelection>();
        foreach (var (environment, platform) in keys)
        {
            var (old, left, right) = (common.Find(environment, platform), ours.Find(environment, platform), theirs.Find(environment, platform));
            if (Pick(old, left, right, Merge, Same) is { } selection)
            {
                merged.Add(selection);
            }
        }

        return new LockFile { Selections = merged };
    }

    private static LockedSelection Merge(LockedSelection? old, LockedSelection ours, LockedSelection theirs)
    {
        var names = ours.Packages.Concat(theirs.Packages).Select(package => package.Name).Distinct(StringComparer.Ordinal);
        var packages = names
            .Select(name => Pick(Find(old, name), Find(ours, name), Find(theirs, name), (_, left, right) => Newer(left, right), (left, right) => Text(left) == Text(right)))
            .OfType<LockedPackage>().ToArray();
        var present = packages.Select(package => package.Name).ToHashSet(StringComparer.Ordinal);
        return ours with
        {
            Inputs = Unchecked,
            Snapshots = [.. ours.Snapshots.Concat(theirs.Snapshots)
                .GroupBy(snapshot => (snapshot.Repository, snapshot.Suite, snapshot.Component))
                .Select(same => same.MaxBy(snapshot => snapshot.Date, StringComparer.Ordinal)!)],
            Packages = [.. packages.Select(package => package with { Depends = [.. package.Depends.Where(present.Contains)] })],
        };
    }

    // Three-way: who did not change gives way. Null is "not there".
    private static T? Pick<T>(T? old, T? ours, T? theirs, Func<T?, T, T, T> both, Func<T, T, bool> same)
        where T : class
    {
        if (ours is null || theirs is null)
        {
            var left = ours ?? theirs;
            return left is null || (old is not null && same(old, left)) ? null : left;
        }

        return same(ours, theirs) ? ours
            : old is not null && same(old, ours) ? theirs
            : old is not null && same(old, theirs) ? ours
            : both(old, ours, theirs);
    }

    private static LockedPackage? Find(LockedSelection? selection, string name) => selection?.Packages.FirstOrDefault(package => package.Name == name);

    private static LockedPackage Newer(LockedPackage left, LockedPackage right) =>
        VersionOrder.Compare(VersionScheme.Deb, left.Version, right.Version) >= 0 ? left : right;

    private static bool Same(LockedSelection left, LockedSelection right) =>
        LockFileWriter.Write(new LockFile { Selections = [left] }).AsSpan().SequenceEqual(LockFileWriter.Write(new LockFile { Selections = [right] }));

    private static string Text(LockedPackage package) => $"{package.Version} {package.Sha256} {package.Repository} {package.Suite} {package.Requested}";
}
