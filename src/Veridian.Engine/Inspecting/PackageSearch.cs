using System.Text;
using Veridian.Debian.Control;

namespace Veridian.Engine.Inspecting;

/// <summary>One hit of a search.</summary>
/// <param name="Name">The package.</param>
/// <param name="Version">Its best version.</param>
/// <param name="Description">One line.</param>
public sealed record SearchHit(string Name, string Version, string Description);

/// <summary>Finds packages by words in their name or description. Works on cached metadata; asks the network only where there is none.</summary>
public static class PackageSearch
{
    /// <summary>All packages in which every word stands, best first: exact name, name begins with it, name holds it, description holds it.</summary>
    public static async ValueTask<IReadOnlyList<SearchHit>> FindAsync(Workspace workspace, IReadOnlyList<string> words, CancellationToken cancellationToken)
    {
        using var metadata = await RepositoryMetadata.OpenAsync(workspace, cancellationToken);
        var hits = new Dictionary<string, (int Rank, SearchHit Hit)>(StringComparer.Ordinal);
        var wanted = words.Select(word => word.ToLowerInvariant()).ToArray();
        var index = metadata.Index;
        for (var name = 0; name < index.NameCount; name++)
        {
            var versions = index.VersionsOf(name);
            if (versions.Start.Value == versions.End.Value)
            {
                continue;
            }

            var text = index.NameText(name);
            var record = NameRank(text, wanted) is null && wanted.Length == 0 ? null : metadata.RecordOf(versions.Start.Value);
            if (record is not null && Rank(text, record, wanted) is { } rank)
            {
                hits[text] = (rank, new SearchHit(text, record.Version, record.Summary));
            }
        }

        return [.. hits.Values.OrderBy(hit => hit.Rank).ThenBy(hit => hit.Hit.Name, StringComparer.Ordinal).Select(hit => hit.Hit)];
    }

    private static int? Rank(string name, PackageRecord record, string[] words) => NameRank(name, words)
        ?? (words.All(word => name.Contains(word, StringComparison.Ordinal) || record.Summary.Contains(word, StringComparison.OrdinalIgnoreCase)) ? 3 : null);

    private static int? NameRank(string name, string[] words) => words.Length == 1 && name == words[0] ? 0
        : words.All(word => name.StartsWith(word, StringComparison.Ordinal)) ? 1
        : words.All(word => name.Contains(word, StringComparison.Ordinal)) ? 2
        : null;
}
