using Veridian.Formats.Lockfile;

namespace Veridian.Engine.Inspecting;

/// <summary>One package of a lock, as listings show it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its version.</param>
/// <param name="Architecture">Its architecture.</param>
/// <param name="Repository">Repository and suite, <c>debian/bookworm</c>.</param>
/// <param name="DownloadBytes">The archive's size.</param>
/// <param name="InstalledBytes">Bytes on disk as the repository states them.</param>
/// <param name="Description">One line.</param>
/// <param name="Depends">Names of packages of the same lock.</param>
/// <param name="Requested">Whether the profile names it.</param>
/// <param name="Essential">Whether it comes with every environment.</param>
/// <param name="Sha256">The archive's digest.</param>
/// <param name="StorePath">Its object; empty where it was never realised.</param>
public sealed record PackageSummary(
    string Name,
    string Version,
    string Architecture,
    string Repository,
    long DownloadBytes,
    long InstalledBytes,
    string Description,
    IReadOnlyList<string> Depends,
    bool Requested,
    bool Essential,
    string Sha256,
    string StorePath)
{
    internal static PackageSummary Of(LockedPackage package) => new(
        package.Name, package.Version, package.Architecture, $"{package.Repository}/{package.Suite}", package.Size, package.InstalledSize, package.Description,
        package.Depends, package.Requested, package.Essential, package.Sha256.ToString(), package.Store?.Text ?? "");

    internal static IReadOnlyList<PackageSummary> Of(LockedSelection? selection) => [.. (selection?.Packages ?? []).Select(Of)];
}
