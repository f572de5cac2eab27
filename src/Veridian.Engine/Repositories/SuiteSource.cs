using Veridian.Fetch.Metadata;

namespace Veridian.Engine.Repositories;

/// <summary>One suite of one repository of the profile, ready to be fetched.</summary>
/// <param name="Repository">The repository's name in the profile.</param>
/// <param name="Suite">The suite, <c>bookworm-security</c>.</param>
/// <param name="Priority">Higher wins before newer.</param>
/// <param name="FromHost">Whether URL and keys come from the machine's own configuration.</param>
/// <param name="Source">URLs, components, keys and policy.</param>
public sealed record SuiteSource(string Repository, string Suite, int Priority, bool FromHost, RepositorySource Source)
{
    /// <summary>How the lock names it: <c>debian/bookworm-security</c>.</summary>
    public string Key => $"{Repository}/{Suite}";
}
