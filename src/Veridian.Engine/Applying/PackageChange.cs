using Veridian.Core.Packages;
using Veridian.Formats.Lockfile;

namespace Veridian.Engine.Applying;

/// <summary>What happens to one package.</summary>
public enum ChangeKind
{
    /// <summary>It was not there before.</summary>
    Added = 0,

    /// <summary>To a newer version.</summary>
    Upgraded = 1,

    /// <summary>To an older version.</summary>
    Downgraded = 2,

    /// <summary>The same version with other content.</summary>
    Replaced = 3,

    /// <summary>It is no longer there.</summary>
    Removed = 4,
}

/// <summary>One difference between two selections.</summary>
/// <param name="Kind">What happens.</param>
/// <param name="Name">The package.</param>
/// <param name="OldVersion">Before; null for an added one.</param>
/// <param name="NewVersion">After; null for a removed one.</param>
/// <param name="Requested">Whether the profile names it (after, or before for a removed one).</param>
/// <param name="Essential">Whether it comes with every environment.</param>
public sealed record PackageChange(ChangeKind Kind, string Name, string? OldVersion, string? NewVersion, bool Requested, bool Essential)
{
    /// <summary>All differences, sorted by name.</summary>
    /// <param name="before">The old selection; null for nothing.</param>
    /// <param name="after">The new selection; null for nothing.</param>
    public static IReadOnlyList<PackageChange> Between(LockedSelection? before, LockedSelection? after)
    {
        var old = (before?.Packages ?? []).ToDictionary(package => package.Name, StringComparer.Ordinal);
        var changes = new List<PackageChange>();
        foreach (var package in after?.Packages ?? [])
        {
            if (!old.Remove(package.Name, out var previous))
            {
                changes.Add(new PackageChange(ChangeKind.Added, package.Name, null, package.Version, package.Requested, package.Essential));
            }
            else if (KindOf(previous, package) is { } kind)
            {
                changes.Add(new PackageChange(kind, package.Name, previous.Version, package.Version, package.Requested, package.Essential));
            }
        }

        changes.AddRange(old.Values.Select(gone => new PackageChange(ChangeKind.Removed, gone.Name, gone.Version, null, gone.Requested, gone.Essential)));
        changes.Sort((left, right) => string.CompareOrdinal(left.Name, right.Name));
        return changes;
    }

    private static ChangeKind? KindOf(LockedPackage before, LockedPackage after)
    {
        if (before.Version == after.Version)
        {
            return before.Sha256 == after.Sha256 ? null : ChangeKind.Replaced;
        }

        return VersionOrder.Compare(VersionScheme.Deb, before.Version, after.Version) < 0 ? ChangeKind.Upgraded : ChangeKind.Downgraded;
    }
}
