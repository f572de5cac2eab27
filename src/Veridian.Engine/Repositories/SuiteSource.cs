using Veridian.Fetch.Metadata;
using Veridian.Trust.Releases;

namespace Veridian.Engine.Repositories;

/// <summary>One suite of one repository of the profile, ready to be fetched.</summary>
/// <param name="Repository">The repository's name in the profile.</param>
/// <param name="Suite">The suite, <c>bookworm-security</c>.</param>
/// <param name="Priority">Higher wins before newer.</param>
/// <param name="FromHost">Whether URL and keys come from the machine's own configuration.</param>
/// <param name="Source">URLs, components, keys and policy.</param>
public sealed record SuiteSource(string Repository, string Suite, int Priority, bool FromHost, RepositorySource Source)
{
    /// <summary>The suite as it is now, whose history its versions have, also where <see cref="Source"/> is an earlier state of it.</summary>
    public ReleaseSubject Live { get; init; } = Source.Subject;

    /// <summary>Whether <see cref="Source"/> is a state that will not change any more.</summary>
    public bool IsSnapshot => Source.Policy.At is not null;

    /// <summary>How the lock names it: <c>debian/bookworm-security</c>.</summary>
    public string Key => $"{Repository}/{Suite}";
}
