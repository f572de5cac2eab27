using Veridian.Core.Packages;
using Veridian.Engine.Profiles;
using Veridian.Engine.Resolving;

namespace Veridian.Engine.Inspecting;

/// <summary>A package of the environment of which the repositories have a newer version.</summary>
/// <param name="Name">The package.</param>
/// <param name="Current">The version in the lock.</param>
/// <param name="Newest">The best version in the repositories that is old enough (S-24).</param>
/// <param name="Requested">Whether the profile names it.</param>
public sealed record OutdatedPackage(string Name, string Current, string Newest, bool Requested);

/// <summary>Compares the lock with the repositories' metadata.</summary>
public static class OutdatedPackages
{
    /// <summary>All packages that could be newer, sorted by name.</summary>
    public static async ValueTask<IReadOnlyList<OutdatedPackage>> FindAsync(Workspace workspace, CancellationToken cancellationToken)
    {
        var packages = LockedPackages.Read(workspace);
        using var metadata = await RepositoryMetadata.OpenAsync(workspace, cancellationToken);
        var ages = AgeLimits.Of(workspace, ProfileLoader.Load(workspace).Profile, metadata.Snapshot);
        bool IsOldEnough(int version) => ages.All(limit => limit.Source != metadata.Index.Record(version).Source || limit.Allows(metadata.Index.KnownSince(version)));
        var outdated = new List<OutdatedPackage>();
        foreach (var package in packages)
        {
            var name = metadata.Index.FindName(package.Name);
            var versions = name < 0 ? [] : Enumerable.Range(metadata.Index.VersionsOf(name).Start.Value, metadata.Index.VersionsOf(name).End.Value - metadata.Index.VersionsOf(name).Start.Value);
            if (versions.Where(IsOldEnough).Take(1).ToArray() is [var best]
                && metadata.Index.VersionText(best) is var newest
                && VersionOrder.Compare(VersionScheme.Deb, package.Version, newest) < 0)
            {
                outdated.Add(new OutdatedPackage(package.Name, package.Version, newest, package.Requested));
            }
        }

        return outdated;
    }
}
