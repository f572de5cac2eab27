namespace Veridian.Engine.Inspecting;

/// <summary>Names of packages that begin as somebody has begun to type. Never asks the network.</summary>
public static class NameSuggestions
{
    /// <summary>Names of the environment, sorted.</summary>
    /// <param name="workspace">Whose environment.</param>
    /// <param name="begin">How they begin.</param>
    /// <param name="requested">Only those that the profile asks for.</param>
    /// <exception cref="Core.Errors.InvalidInputException">There is no environment.</exception>
    public static IReadOnlyList<string> Selected(Workspace workspace, string begin, bool requested) =>
        [.. LockedPackages.Read(workspace).Where(package => (package.Requested || !requested) && Begins(package.Name, begin)).Select(package => package.Name)];

    /// <summary>Names of which the repositories have a version, sorted; none before anything was typed, for they are tens of thousands.</summary>
    /// <param name="workspace">Whose repositories; it must be offline.</param>
    /// <param name="begin">How they begin.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="Core.Errors.VeridianException">The metadata has never been fetched, or the profile is wrong.</exception>
    public static async ValueTask<IReadOnlyList<string>> AvailableAsync(Workspace workspace, string begin, CancellationToken cancellationToken)
    {
        if (begin.Length == 0)
        {
            return [];
        }

        using var metadata = await RepositoryMetadata.OpenAsync(workspace, cancellationToken);
        var index = metadata.Index;
        var names = new List<string>();
        for (var name = 0; name < index.NameCount; name++)
        {
            var versions = index.VersionsOf(name);
            if (versions.Start.Value != versions.End.Value && index.NameText(name) is var text && Begins(text, begin))
            {
                names.Add(text);
            }
        }

        names.Sort(StringComparer.Ordinal);
        return names;
    }

    private static bool Begins(string name, string begin) => name.StartsWith(begin, StringComparison.Ordinal);
}
