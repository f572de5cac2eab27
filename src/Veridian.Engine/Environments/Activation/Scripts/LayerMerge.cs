using Veridian.Store.Trees;

namespace Veridian.Engine.Environments.Activation.Scripts;

/// <summary>Lays the outcomes of jobs on top of each other, and finds jobs that have changed the same path without one having seen the other.</summary>
/// <remarks>Source: <c>spec/activation.md</c> A-13.</remarks>
internal sealed class LayerMerge(IReadOnlyList<ScriptJob> jobs, IReadOnlyList<JobOutcome> outcomes)
{
    private readonly Dictionary<string, (int Job, LayerEntry? Entry)> _claims = new(StringComparer.Ordinal);
    private readonly HashSet<(string From, string To)> _conflicts = [];

    /// <summary>Pairs of jobs of which the later one has to see the earlier one; empty where everything fits.</summary>
    public IReadOnlyCollection<(string From, string To)> Conflicts()
    {
        for (var job = 0; job < jobs.Count; job++)
        {
            foreach (var entry in outcomes[job].Changes.Entries.Where(entry => entry.Entry.Kind != TreeEntryKind.Directory && !LayerChanges.IsAlternative(entry.Entry)))
            {
                Claim(job, entry.Entry.Path.Text, entry);
            }

            foreach (var path in outcomes[job].Changes.Removed)
            {
                Claim(job, path, null);
            }
        }

        return _conflicts;
    }

    private void Claim(int job, string path, LayerEntry? entry)
    {
        if (_claims.TryGetValue(path, out var other) && other.Job != job && !IsSame(other.Entry, entry) && !jobs[job].Before.Contains(other.Job))
        {
            _conflicts.Add((jobs[other.Job].Name, jobs[job].Name));
        }

        _claims[path] = (job, entry);
    }

    private static bool IsSame(LayerEntry? left, LayerEntry? right) => (left, right) switch
    {
        (null, null) => true,
        ({ } a, { } b) => a.Entry.Kind == b.Entry.Kind && a.Entry.Content == b.Entry.Content && a.Entry.Target == b.Entry.Target,
        _ => false,
    };
}
