using Veridian.Core.Hashing;
using Veridian.Debian.MaintainerScripts;
using Veridian.Engine.Environments.Planning;

namespace Veridian.Engine.Environments.Activation.Scripts;

/// <summary>All that scripts have done for an environment.</summary>
/// <param name="Changes">What they wrote and removed, without what is not kept; later ones lie over earlier ones.</param>
/// <param name="Offers">What they offer as alternatives, by package.</param>
/// <param name="Passwd">The lists of accounts and groups as they left them; null where they are as before.</param>
/// <param name="Group">See <paramref name="Passwd"/>.</param>
/// <param name="Ran">The scripts that ran, in order.</param>
/// <param name="Digest">Over the outcomes of all jobs, in order: equal packages must give equal digests, whoever runs the scripts where.</param>
internal sealed record ActivationLayer(
    IReadOnlyList<LayerChanges> Changes, IReadOnlyDictionary<string, IReadOnlyList<Alternative>> Offers, string? Passwd, string? Group, IReadOnlyList<RanScript> Ran, Blake3Digest? Digest)
{
    /// <summary>What is diverted, as far as scripts told it.</summary>
    public IReadOnlyList<Diversion> Diversions { get; init; } = [];

    /// <summary>Login shells, by path; none where no script lists any.</summary>
    public IReadOnlyList<string> Shells { get; init; } = [];

    /// <summary>Nothing ran.</summary>
    public static ActivationLayer Empty { get; } = new([], new Dictionary<string, IReadOnlyList<Alternative>>(), null, null, [], null);

    /// <summary>The file of an environment with <see cref="Digest"/>.</summary>
    public const string FileName = "activation/layer";

    private readonly Dictionary<string, string> _sources = Changes.SelectMany(changes => changes.Entries).Where(entry => entry.Entry.IsFile)
        .GroupBy(entry => entry.Entry.Path.Text, entry => entry.Source, StringComparer.Ordinal).ToDictionary(same => same.Key, same => same.Last(), StringComparer.Ordinal);

    /// <summary>Where the bytes of a changed file lie; null for one that no script has written, which is empty.</summary>
    public string? SourceOf(string path) => _sources.GetValueOrDefault(path);
}
