namespace Veridian.Solver;

/// <summary>Versions of one of the index's sources that are too young to be installed (S-24).</summary>
/// <param name="Source">The source's number in the index.</param>
/// <param name="Now">The time that ages count back from. In seconds since 1970.</param>
/// <param name="LeastAge">How long a version must have been known by then. In seconds, not negative.</param>
/// <param name="Reason">Where it was asked for, for messages: <c>min-age = "7d" in vpkg.toml:4</c>.</param>
public sealed record AgeLimit(int Source, long Now, long LeastAge, string Reason)
{
    /// <summary>Whether a version that has been known since then may be installed.</summary>
    public bool Allows(long knownSince) => Now - knownSince >= LeastAge;
}
