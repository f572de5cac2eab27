using Veridian.Core.Packages;

namespace Veridian.Engine.Inspecting;

/// <summary>A package of the environment of which the repositories have a newer version.</summary>
/// <param name="Name">The package.</param>
/// <param name="Current">The version in the lock.</param>
/// <param name="Newest">The best version in the repositories.</param>
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
        var outdated = new List<OutdatedPackage>();
        foreach (var package in packages)
        {
            var name = metadata.Index.FindName(package.Name);
            var versions = name < 0 ? default : metadata.Index.VersionsOf(name);
            if (versions.End.Value > versions.Start.Value
                && metadata.Index.VersionText(versions.Start.Value) is var newest
                && VersionOrder.Compare(VersionScheme.Deb, package.Version, newest) < 0)
            {
                outdated.Add(new OutdatedPackage(package.Name, package.Version, newest, package.Requested));
            }
        }

        return outdated;
    }
}
