using Veridian.Trust.OpenPgp;
using Veridian.Trust.Releases;

namespace Veridian.Fetch.Metadata;

/// <summary>A repository's suite as the profile declares it.</summary>
/// <param name="Urls">The repository and its mirrors, best first; at least one. The first names it.</param>
/// <param name="Suite">Such as <c>bookworm</c>; ends in a slash for a repository without suites, which has no components either.</param>
/// <param name="Components">Such as <c>main</c>.</param>
/// <param name="Architectures">Such as <c>amd64</c>. <c>all</c> is left out where the release has no index for it; any other is needed.</param>
/// <param name="Keyrings">The only keys that count.</param>
/// <param name="Policy">What is asked of signatures and dates.</param>
public sealed record RepositorySource(
    IReadOnlyList<Uri> Urls,
    string Suite,
    IReadOnlyList<string> Components,
    IReadOnlyList<string> Architectures,
    IReadOnlyList<Keyring> Keyrings,
    ReleaseTrustPolicy Policy)
{
    /// <summary>The key of the rollback floor, and the subject of messages. Credentials in the URL are left out.</summary>
    public ReleaseSubject Subject => new(Urls[0].GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped).TrimEnd('/'), Suite);
}
