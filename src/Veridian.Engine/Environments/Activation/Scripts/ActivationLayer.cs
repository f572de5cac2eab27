using Veridian.Debian.MaintainerScripts;

namespace Veridian.Engine.Environments.Activation.Scripts;

/// <summary>All that scripts have done for an environment.</summary>
/// <param name="Changes">What they wrote and removed, without what is not kept.</param>
/// <param name="Offers">What they offer as alternatives, by package.</param>
/// <param name="Passwd">The lists of accounts and groups as they left them; null where they are as before.</param>
/// <param name="Group">See <paramref name="Passwd"/>.</param>
/// <param name="Ran">The scripts that ran, in order.</param>
internal sealed record ActivationLayer(
    LayerChanges Changes, IReadOnlyDictionary<string, IReadOnlyList<Alternative>> Offers, string? Passwd, string? Group, IReadOnlyList<RanScript> Ran)
{
    /// <summary>Nothing ran.</summary>
    public static ActivationLayer Empty { get; } = new(new LayerChanges([], [], []), new Dictionary<string, IReadOnlyList<Alternative>>(), null, null, []);

    private readonly Dictionary<string, string> _sources =
        Changes.Entries.Where(entry => entry.Entry.IsFile).ToDictionary(entry => entry.Entry.Path.Text, entry => entry.Source, StringComparer.Ordinal);

    /// <summary>Where the bytes of a changed file lie.</summary>
    public string SourceOf(string path) => _sources[path];
}
