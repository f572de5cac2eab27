using Veridian.Debian.MaintainerScripts;

namespace Veridian.Engine.Environments.Planning;

/// <summary>Chooses among the alternatives that packages offer, and names the links that follow.</summary>
/// <remarks>Source: <c>spec/environments.md</c> E-8.</remarks>
internal static class AlternativeChoice
{
    private const string Folder = "etc/alternatives/";

    /// <summary>The links to make: path in the tree and what the link says. Later ones never repeat a path.</summary>
    /// <param name="offers">All alternatives of all packages.</param>
    /// <param name="exists">Whether a path of the tree names something.</param>
    public static IReadOnlyList<(string Path, string Target)> Links(IEnumerable<Alternative> offers, Func<string, bool> exists)
    {
        var links = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var group in offers.GroupBy(offer => offer.Name, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var choice = group.Where(offer => TreePath.FromAbsolute(offer.Path) is { } path && exists(path))
                .OrderByDescending(offer => offer.Priority).ThenBy(offer => offer.Path, StringComparer.Ordinal).FirstOrDefault();
            if (choice is null)
            {
                continue;
            }

            Add(links, choice.Link, choice.Name, choice.Path);
            foreach (var slave in choice.Slaves.Where(slave => TreePath.FromAbsolute(slave.Path) is { } path && exists(path)))
            {
                Add(links, slave.Link, slave.Name, slave.Path);
            }
        }

        return [.. links.Select(link => (link.Key, link.Value)).OrderBy(link => link.Key, StringComparer.Ordinal)];
    }

    private static void Add(Dictionary<string, string> links, string link, string name, string path)
    {
        if (TreePath.FromAbsolute(link) is { } at && TreePath.FromAbsolute("/" + Folder + name) is { } entry)
        {
            links.TryAdd(entry, path);
            links.TryAdd(at, "/" + entry);
        }
    }
}
