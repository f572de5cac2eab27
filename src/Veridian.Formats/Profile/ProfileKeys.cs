namespace Veridian.Formats.Profile;

/// <summary>Every key a profile may hold, table by table; <c>spec/profile.schema.json</c> lists the same.</summary>
public static class ProfileKeys
{
    /// <summary>Keys of a section: of the whole file, of a target, of an environment.</summary>
    public static IReadOnlyList<string> Section { get; } = ["packages", "env", "files"];

    /// <summary>Keys of the file itself.</summary>
    public static IReadOnlyList<string> Top { get; } = ["include", "profile", "repository", .. Section, "target", "environment"];

    /// <summary>Keys of <c>[profile]</c>.</summary>
    public static IReadOnlyList<string> Profile { get; } =
        ["name", "description", "recommends", "confirm", "scripts", "without-scripts", "requires-vpkg", "shell", "inherit", "certificates", "host-certificates", "etc", "state", "activate", "activate-fish",
        "min-age", "as-of"];

    /// <summary>Keys of <c>[[repository]]</c>.</summary>
    public static IReadOnlyList<string> Repository { get; } =
        ["name", "kind", "suites", "components", "url", "signed-by", "trust", "priority", "enabled", "architectures", "check-valid-until", "max-age-days",
        "min-age", "snapshot"];

    /// <summary>Keys of a package that is written as a table.</summary>
    public static IReadOnlyList<string> Package { get; } =
        ["version", "repository", "recommends", "hold", "optional", "features", "scripts"];

    /// <summary>Keys of <c>[files]</c>.</summary>
    public static IReadOnlyList<string> Files { get; } = ["priority", "hide", "rename"];

    /// <summary>The kinds of repositories.</summary>
    public static IReadOnlyList<string> RepositoryKinds { get; } = ["debian"];

    /// <summary>The values of <c>scripts</c>.</summary>
    public static IReadOnlyList<string> Scripts { get; } = ["native", "run", "none"];

    /// <summary>The platforms a target may name.</summary>
    public static IReadOnlyList<string> Platforms { get; } =
    [
        "linux-amd64", "linux-arm64", "linux-armel", "linux-armhf", "linux-i386", "linux-loong64",
        "linux-mips64el", "linux-ppc64el", "linux-riscv64", "linux-s390x",
    ];
}
