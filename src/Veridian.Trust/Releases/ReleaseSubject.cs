namespace Veridian.Trust.Releases;

/// <summary>Which release is meant: the key of its rollback floor and the subject of its error messages.</summary>
/// <param name="Repository">The repository's first URL, without a slash at its end.</param>
/// <param name="Suite">The suite as the profile writes it; it ends in a slash for a repository without suites.</param>
public sealed record ReleaseSubject(string Repository, string Suite)
{
    /// <summary>For people.</summary>
    public override string ToString() => $"{Repository} {Suite}";
}
