using Veridian.Core.Hashing;
using Veridian.Core.Paths;

namespace Veridian.Store.Collecting;

/// <summary>The result of the mark.</summary>
/// <param name="Dead">What nothing needs, in order.</param>
/// <param name="Live">What stays, in no order.</param>
/// <param name="Roots">Ids of roots whose generation is gone.</param>
internal sealed record MarkedTrees(TreeNames Dead, TreeNames Live, IReadOnlyList<string> Roots)
{
    /// <summary>Parts what is there by what stays.</summary>
    public static MarkedTrees Of(IReadOnlyCollection<StorePath> objects, IReadOnlyCollection<Blake3Digest> environments, HashSet<string> live, IReadOnlyList<string> roots) => new(
        new TreeNames(
            [.. objects.Where(o => !live.Contains(o.Text)).OrderBy(o => o.Text, StringComparer.Ordinal)],
            [.. environments.Where(e => !live.Contains(e.ToString())).OrderBy(e => e.ToString(), StringComparer.Ordinal)]),
        new TreeNames([.. objects.Where(o => live.Contains(o.Text))], [.. environments.Where(e => live.Contains(e.ToString()))]),
        roots);
}

/// <summary>Some objects and environments.</summary>
internal sealed record TreeNames(IReadOnlyList<StorePath> Objects, IReadOnlyList<Blake3Digest> Environments)
{
    public int Count => Objects.Count + Environments.Count;
}
