using System.Globalization;
using Veridian.Engine.Syncing;
using Veridian.Formats.Lockfile;
using Veridian.Formats.Profile;

namespace Veridian.Engine.Resolving;

/// <summary>Writes down the solver's answer as a lock: everything that realising it will need, without metadata.</summary>
internal sealed class SelectionBuilder(SyncedMetadata metadata)
{
    /// <summary>The version of presolve and objective that chose (S-1); another one may choose differently.</summary>
    public const string Objective = "1";

    /// <summary>The optional requirements that nothing of the selection answers.</summary>
    public IReadOnlyList<string> LeftOut(EvaluatedProfile profile, IReadOnlyList<int> versions)
    {
        var providers = new ProviderTable(versions.Select(version => metadata.ArchiveOf(version).Entry).ToDictionary(entry => entry.Name, StringComparer.Ordinal));
        return [.. profile.Requirements.Where(wanted => wanted.Optional && !providers.AskedForBy(wanted.Name).Any()).Select(wanted => wanted.Name)];
    }

    /// <summary>Makes the selection of one platform and environment.</summary>
    /// <param name="profile">The profile that was solved.</param>
    /// <param name="inputs">Digest of the profile's canonical text.</param>
    /// <param name="versions">Ids of the selected versions, in install order.</param>
    /// <param name="old">An older selection, whose store paths are kept for packages that are the same.</param>
    public LockedSelection Make(EvaluatedProfile profile, string inputs, IReadOnlyList<int> versions, LockedSelection? old)
    {
        var archives = versions.Select(metadata.ArchiveOf).ToArray();
        var known = (old?.Packages ?? []).ToDictionary(package => (package.Name, package.Version, package.Sha256));
        var providers = new ProviderTable(archives.ToDictionary(archive => archive.Entry.Name, archive => archive.Entry, StringComparer.Ordinal));
        var requested = profile.Requirements.SelectMany(wanted => providers.AskedForBy(wanted.Name)).ToHashSet(StringComparer.Ordinal);
        var packages = new List<LockedPackage>(versions.Count);
        for (var i = 0; i < archives.Length; i++)
        {
            var (archive, entry, suite) = (archives[i], archives[i].Entry, metadata.SuiteOf(versions[i]));
            var same = known.GetValueOrDefault((entry.Name, entry.Version, archive.Sha256));
            packages.Add(new LockedPackage
            {
                Name = entry.Name,
                Version = entry.Version,
                Architecture = entry.Architecture,
                Repository = suite.Repository,
                Suite = suite.Suite,
                Url = archive.Filename,
                Size = entry.DownloadBytes,
                Sha256 = archive.Sha256,
                InstalledSize = entry.InstalledBytes,
                Description = archive.Summary,
                Depends = providers.DependenciesOf(entry),
                Requested = requested.Contains(entry.Name),
                Essential = entry.Essential,
                Store = same?.Store,
                Tree = same?.Tree,
            });
        }

        packages.Sort((left, right) => string.CompareOrdinal(left.Name, right.Name));
        return new LockedSelection
        {
            Environment = profile.Environment,
            Platform = profile.Platform,
            Inputs = inputs,
            Objective = Objective,
            Scripts = profile.Scripts.ToString().ToLowerInvariant(),
            Snapshots = [.. metadata.Snapshot.Suites.Select(ToSnapshot)],
            Packages = packages,
        };
    }

    private static LockedSnapshot ToSnapshot(SyncedSuite suite) => new()
    {
        Repository = suite.Repository,
        Url = suite.Url,
        Suite = suite.Suite,
        Component = suite.Component,
        Date = suite.Date.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        Release = suite.Release,
        Signers = suite.Signers,
    };
}
