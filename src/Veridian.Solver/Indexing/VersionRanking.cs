using System.Text;
using Veridian.Core.Packages;

namespace Veridian.Solver.Indexing;

/// <summary>Gives names and versions their places in the index (I-5, I-6), and lists who provides which name.</summary>
internal sealed class VersionRanking
{
    private readonly RelationTable relations;

    public VersionRanking(RelationTable relations, List<DraftVersion> drafts)
    {
        this.relations = relations;
        NameRank = RankNames();
        NameVersionStart = Starts(relations.NameCount, drafts.ConvertAll(draft => NameRank[draft.Name]));
        Versions = Sort(drafts);
        (NameProviderStart, Provider, ProviderText) = GatherProviders();
    }

    /// <summary>From ids of arrival to places.</summary>
    public int[] NameRank { get; }

    /// <summary>By place.</summary>
    public DraftVersion[] Versions { get; }

    public int[] NameVersionStart { get; }

    public int[] NameProviderStart { get; }

    public int[] Provider { get; }

    public int[] ProviderText { get; }

    /// <summary>By name; most names have one version, so only few are compared.</summary>
    private DraftVersion[] Sort(List<DraftVersion> drafts)
    {
        var sorted = new DraftVersion[drafts.Count];
        var next = NameVersionStart.AsSpan().ToArray();
        foreach (var draft in drafts)
        {
            sorted[next[NameRank[draft.Name]]++] = draft;
        }

        for (var name = 0; name < relations.NameCount; name++)
        {
            var (start, end) = (NameVersionStart[name], NameVersionStart[name + 1]);
            if (end - start > 1)
            {
                sorted.AsSpan(start..end).Sort(Compare);
            }
        }

        return sorted;
    }

    /// <summary>Higher priority, then newer; texts that are the same version stand by ordinal.</summary>
    private static int Compare(DraftVersion left, DraftVersion right)
    {
        var order = right.Priority.CompareTo(left.Priority);
        order = order != 0 ? order : left.Scheme.CompareTo(right.Scheme);
        order = order != 0 ? order : VersionOrder.Compare(left.Scheme, right.VersionText, left.VersionText);
        return order != 0 ? order : string.CompareOrdinal(left.VersionText, right.VersionText);
    }

    private int[] RankNames()
    {
        var keys = new string[relations.NameCount];
        var order = new int[keys.Length];
        for (var name = 0; name < keys.Length; name++)
        {
            keys[name] = relations.Texts[relations.TextOfName(name)];
            order[name] = name;
        }

        Array.Sort(keys, order, Array.TrueForAll(keys, key => Ascii.IsValid(key)) ? StringComparer.Ordinal : Comparer<string>.Create(CompareBytes));
        var rank = new int[order.Length];
        for (var place = 0; place < order.Length; place++)
        {
            rank[order[place]] = place;
        }

        return rank;
    }

    /// <summary>UTF-16 sorts some characters in another order than their bytes.</summary>
    private static int CompareBytes(string left, string right) => Encoding.UTF8.GetBytes(left).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(right));

    private (int[] Start, int[] Provider, int[] Text) GatherProviders()
    {
        var found = new List<(int Name, int Version, int Text)>();
        for (var version = 0; version < Versions.Length; version++)
        {
            var provides = Versions[version].Provides;
            for (var i = 0; i < provides.Length; i += 2)
            {
                found.Add((NameRank[provides[i]], version, provides[i + 1]));
            }
        }

        // Sorted by name and version; the text only makes the order total.
        found.Sort();
        return (Starts(relations.NameCount, found.ConvertAll(p => p.Name)),
            [.. found.ConvertAll(p => p.Version)],
            [.. found.ConvertAll(p => p.Text)]);
    }

    private static int[] Starts(int groups, IReadOnlyList<int> groupOfItem)
    {
        var starts = new int[groups + 1];
        for (var i = 0; i < groupOfItem.Count; i++)
        {
            starts[groupOfItem[i] + 1]++;
        }

        for (var group = 0; group < groups; group++)
        {
            starts[group + 1] += starts[group];
        }

        return starts;
    }
}
