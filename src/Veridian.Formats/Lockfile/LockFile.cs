using Veridian.Core.Hashing;
using Veridian.Core.Paths;

namespace Veridian.Formats.Lockfile;

/// <summary>The exact selections of a profile: one per environment and platform.</summary>
/// <remarks>Source: <c>spec/lockfile.md</c>.</remarks>
public sealed record LockFile
{
    /// <summary>The format this version reads and writes (L-2).</summary>
    public const int Format = 1;

    /// <summary>A lock without selections.</summary>
    public static LockFile Empty { get; } = new();

    /// <summary>The selections, at most one per environment and platform; the writer sorts.</summary>
    public IReadOnlyList<LockedSelection> Selections { get; init; } = [];

    /// <summary>The selection for an environment and platform, or null.</summary>
    public LockedSelection? Find(string environment, string platform)
    {
        foreach (var selection in Selections)
        {
            if (selection.Environment == environment && selection.Platform == platform)
            {
                return selection;
            }
        }

        return null;
    }

    /// <summary>This lock with one selection put in the place of its predecessor.</summary>
    public LockFile With(LockedSelection selection)
    {
        var kept = Selections.Where(other => other.Environment != selection.Environment || other.Platform != selection.Platform);
        return new LockFile { Selections = [.. kept, selection] };
    }
}

/// <summary>What was chosen for one environment on one platform.</summary>
public sealed record LockedSelection
{
    /// <summary><c>default</c>, or the name of <c>[environment.NAME]</c>.</summary>
    public required string Environment { get; init; }

    /// <summary>Such as <c>linux-amd64</c>.</summary>
    public required string Platform { get; init; }

    /// <summary>Digest of the evaluated profile's canonical text, in lower-case hexadecimal digits.</summary>
    public required string Inputs { get; init; }

    /// <summary>Version of the solver's rules and objective.</summary>
    public required string Objective { get; init; }

    /// <summary>Empty where the selection is proved to be the best; else <c>best found, bound N</c>.</summary>
    public string Proof { get; init; } = "";

    /// <summary>How maintainer scripts were approved: <c>native</c>, <c>run</c> or <c>none</c>; empty when nothing was recorded.</summary>
    public string Scripts { get; init; } = "";

    /// <summary>The index states solved against.</summary>
    public IReadOnlyList<LockedSnapshot> Snapshots { get; init; } = [];

    /// <summary>The packages, one per name; the writer sorts.</summary>
    public IReadOnlyList<LockedPackage> Packages { get; init; } = [];
}

/// <summary>One signed index that was solved against.</summary>
public sealed record LockedSnapshot
{
    /// <summary>The repository's name in the profile.</summary>
    public required string Repository { get; init; }

    /// <summary>Where it was read from: the repository's address without trailing slash.</summary>
    public required string Url { get; init; }

    /// <summary>The suite.</summary>
    public required string Suite { get; init; }

    /// <summary>The component.</summary>
    public required string Component { get; init; }

    /// <summary>The signed date, RFC 3339 in UTC, such as <c>2026-01-31T10:00:00Z</c>.</summary>
    public required string Date { get; init; }

    /// <summary>SHA-256 of the signed release file.</summary>
    public required Sha256Digest Release { get; init; }

    /// <summary>Fingerprints of the keys that signed, upper-case hexadecimal; empty for an unsigned repository.</summary>
    public IReadOnlyList<string> Signers { get; init; } = [];
}

/// <summary>One chosen package.</summary>
public sealed record LockedPackage
{
    /// <summary>A package name (N-1).</summary>
    public required string Name { get; init; }

    /// <summary>Its exact version.</summary>
    public required string Version { get; init; }

    /// <summary>Debian's word for its architecture.</summary>
    public required string Architecture { get; init; }

    /// <summary>The repository's name in the profile.</summary>
    public required string Repository { get; init; }

    /// <summary>The suite of that repository.</summary>
    public required string Suite { get; init; }

    /// <summary>Where its file is: a path below the repository's address, or a full address.</summary>
    public required string Url { get; init; }

    /// <summary>Bytes to download.</summary>
    public required long Size { get; init; }

    /// <summary>SHA-256 of the file.</summary>
    public required Sha256Digest Sha256 { get; init; }

    /// <summary>Bytes on disk as the repository states them; 0 when not stated.</summary>
    public long InstalledSize { get; init; }

    /// <summary>One line for people; empty when not stated.</summary>
    public string Description { get; init; } = "";

    /// <summary>Names of packages of this selection that it needs.</summary>
    public IReadOnlyList<string> Depends { get; init; } = [];

    /// <summary>Whether the profile asks for it by name.</summary>
    public bool Requested { get; init; }

    /// <summary>Whether it is there because every environment has it.</summary>
    public bool Essential { get; init; }

    /// <summary>The store path it was realised as; null until then.</summary>
    public StorePath? Store { get; init; }

    /// <summary>The root digest of its tree; null until it was realised.</summary>
    public Blake3Digest? Tree { get; init; }
}
