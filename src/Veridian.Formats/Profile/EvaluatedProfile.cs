namespace Veridian.Formats.Profile;

/// <summary>What a profile asks for on one platform in one environment: everything merged, checked and in a fixed order.</summary>
public sealed record EvaluatedProfile
{
    /// <summary>The root file's name for people, if it has one.</summary>
    public string? Name { get; init; }

    /// <summary>Such as <c>linux-amd64</c>.</summary>
    public required string Platform { get; init; }

    /// <summary><c>default</c> or the name of <c>[environment.NAME]</c>.</summary>
    public required string Environment { get; init; }

    /// <summary>All files that took part, the root first.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>Whether recommended packages are installed.</summary>
    public bool Recommends { get; init; }

    /// <summary>Whether every change asks first.</summary>
    public bool Confirm { get; init; }

    /// <summary>What happens to maintainer scripts.</summary>
    public ScriptPolicy Scripts { get; init; }

    /// <summary>Versions of vpkg that may apply it; null: any.</summary>
    public Setting<string>? RequiresVpkg { get; init; }

    /// <summary>The shell of <c>vpkg shell</c>; null: the user's.</summary>
    public Setting<string>? Shell { get; init; }

    /// <summary>Files with certificates in PEM to trust, of all files together, each once.</summary>
    public IReadOnlyList<string> Certificates { get; init; } = [];

    /// <summary>Whether the host's bundle of certificates takes the place of the environment's.</summary>
    public bool HostCertificates { get; init; }

    /// <summary>How long versions must have been known before they are installed, as written; null for no time at all.</summary>
    public Setting<string>? MinAge { get; init; }

    /// <summary>The time whose state of the repositories is solved with, as written; null for the present.</summary>
    public Setting<string>? AsOf { get; init; }

    /// <summary>A folder whose files lie over <c>/etc</c>, as written; null for none.</summary>
    public string? Etc { get; init; }

    /// <summary>A folder that keeps <c>/var</c>, as written; null for none.</summary>
    public string? State { get; init; }

    /// <summary>What bash and zsh carry out when the project is activated and trusted.</summary>
    public IReadOnlyList<string> Activate { get; init; } = [];

    /// <summary>The same for fish.</summary>
    public IReadOnlyList<string> ActivateFish { get; init; } = [];

    /// <summary>The enabled repositories, in the order of the files; empty: the host's own sources.</summary>
    public required IReadOnlyList<ProfileRepository> Repositories { get; init; }

    /// <summary>Packages whose maintainer scripts do not run although those of others do, by name in ordinal order.</summary>
    public IReadOnlyList<string> WithoutScripts { get; init; } = [];

    /// <summary>The packages asked for, by name in ordinal order.</summary>
    public required IReadOnlyList<ProfileRequirement> Requirements { get; init; }

    /// <summary>Variables by name in ordinal order.</summary>
    public required IReadOnlyList<EvaluatedVariable> Variables { get; init; }

    /// <summary>File rules by kind, package and path.</summary>
    public required IReadOnlyList<FileRule> FileRules { get; init; }

    /// <summary>Everything that influences solving, as text whose digest the lock file keeps (P-15).</summary>
    public string CanonicalText() => ProfileText.Of(this);
}
