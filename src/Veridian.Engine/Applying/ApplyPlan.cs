using Veridian.Core.Text;
using Veridian.Core.Units;
using Veridian.Engine.Inspecting;
using Veridian.Engine.Profiles;
using Veridian.Engine.Repositories;
using Veridian.Formats.Lockfile;

namespace Veridian.Engine.Applying;

/// <summary>Everything an apply is going to do, before it does anything.</summary>
public sealed record ApplyPlan
{
    /// <summary>What is written into the history.</summary>
    public required string Command { get; init; }

    /// <summary>The profile as it will be.</summary>
    public required LoadedProfile Profile { get; init; }

    /// <summary>The lock as it will be, before store paths are filled in.</summary>
    public required LockFile Lock { get; init; }

    /// <summary>The part of the lock for this platform and environment.</summary>
    public required LockedSelection Selection { get; init; }

    /// <summary>What the current generation has; null where there is none.</summary>
    public required LockedSelection? Previous { get; init; }

    /// <summary>Differences between the two.</summary>
    public required IReadOnlyList<PackageChange> Changes { get; init; }

    /// <summary>Packages whose objects are not in the store.</summary>
    public required IReadOnlyList<LockedPackage> Missing { get; init; }

    /// <summary>Those of them whose archives are not in the cache either.</summary>
    public required IReadOnlyList<LockedPackage> ToDownload { get; init; }

    /// <summary>Bytes that have to come over the network.</summary>
    public ByteCount Download => DownloadOf(_ => true);

    /// <summary>Bytes that the missing packages take when unpacked, as their repository states them.</summary>
    public ByteCount Install => InstallOf(_ => true);

    /// <summary><see cref="Download"/> of the packages whose names are meant.</summary>
    public ByteCount DownloadOf(Func<string, bool> isMeant) => new(ToDownload.Where(package => isMeant(package.Name)).Sum(package => package.Size));

    /// <summary><see cref="Install"/> of the packages whose names are meant.</summary>
    public ByteCount InstallOf(Func<string, bool> isMeant) => new(Missing.Where(package => isMeant(package.Name)).Sum(package => package.InstalledSize));

    /// <summary>Fingerprints that no earlier generation relied on and that the host's own configuration does not vouch for.</summary>
    public required IReadOnlyList<string> NewlyTrusted { get; init; }

    /// <summary>What certifies the selection: <c>Horn</c>, <c>Z3</c> or <c>lock</c>; else <c>best found, bound N</c> (S-19).</summary>
    public required string Proof { get; init; }

    /// <summary>Whether the selection was proved to be the best.</summary>
    public bool IsProved => Selection.Proof.Length == 0;

    /// <summary>Whether the current generation already is exactly this.</summary>
    public required bool NothingToDo { get; init; }

    /// <summary>Where packages come from.</summary>
    public required RepositoryPlan? Repositories { get; init; }

    /// <summary>Sentences that the reader should see once.</summary>
    public IReadOnlyList<string> Notices { get; init; } = [];

    /// <summary>What happens to maintainer scripts: <c>run</c>, <c>native</c> or <c>none</c>.</summary>
    public string Scripts => Selection.Scripts;

    /// <summary>What the profile says of the scripts of single packages, in the same words, by name.</summary>
    public IReadOnlyList<(string Name, string Scripts)> ScriptsOfPackages => [.. Profile.Profile.Requirements
        .Where(requirement => requirement.Scripts is not null).Select(requirement => (requirement.Name, requirement.Scripts!.Value.ToString().ToLowerInvariant()))];

    /// <summary>Which maintainer scripts will run, as far as that is known before the plan is carried out. All of them are read when it is first asked for.</summary>
    public ScriptForecast ScriptsToRun => Forecast.Value;

    internal Lazy<ScriptForecast> Forecast { get; init; } = new(ScriptForecast.None);

    /// <summary>The selection's packages, as listings show them.</summary>
    public IReadOnlyList<PackageSummary> Summaries() => PackageSummary.Of(Selection);

    /// <summary>Why somebody has to say yes (decision 10); empty where nobody has to.</summary>
    public IReadOnlyList<string> ConfirmationReasons()
    {
        var reasons = new List<string>();
        if (NothingToDo)
        {
            return reasons;
        }

        Count(ChangeKind.Removed, "removed");
        Count(ChangeKind.Downgraded, "downgraded");
        if (NewlyTrusted.Count > 0)
        {
            reasons.Add(Plural.Of(NewlyTrusted.Count, "newly trusted key"));
        }

        if (Profile.Profile.Confirm)
        {
            reasons.Add("the profile says confirm = true");
        }

        return reasons;

        void Count(ChangeKind kind, string word)
        {
            if (Changes.Count(change => change.Kind == kind) is var count and > 0)
            {
                reasons.Add($"{Plural.Of(count, "package")} {word}");
            }
        }
    }
}
