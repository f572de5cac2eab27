namespace Veridian.Core.Packages;

/// <summary>How version texts of one origin are read, ordered and matched.</summary>
/// <remarks>Source: <c>spec/versions.md</c> V-1.</remarks>
public enum VersionScheme
{
    /// <summary>dpkg's order: <c>[epoch:]upstream[-revision]</c>.</summary>
    Deb = 0,

    /// <summary>Semantic Versioning 2.0.0.</summary>
    Semver = 1,

    /// <summary>Runs of digits and letters, as in <c>2024a</c> or <c>9.4p1</c>.</summary>
    Generic = 2,
}
