namespace Veridian.Solver.Indexing;

/// <summary>Gives names and versions their places in the index (I-5, I-6), and lists who provides which name.</summary>
internal sealed class VersionRanking
{
    private readonly RelationTable relations;
    private readonly Drafts drafts;
    private readonly int[] draftAt;

    public VersionRanking(RelationTable relations, Drafts drafts)
    {
        (this.relations, this.drafts) = (relations, drafts);
        (NameTexts, NameRank) = RankNames();
        draftAt = new int[drafts.Count];
        NameVersionStart = new int[NameTexts.Length + 1];
        GroupByName();
        SortWithinNames();
        NameProviderStart = new int[NameTexts.Length + 1];
        (Provider, ProviderText) = GatherProviders();
    }

    /// <summary>By place.</summary>
    public int[] NameTexts { get; }

    /// <summary>From ids of arrival to places.</summary>
    public int[] NameRank { get; }

    public int[] NameVersionStart { get; }

    public int[] NameProviderStart { get; }

    public int[] Provider { get; }

    public int[] ProviderText { get; }

    /// <summary>How many versions there are.</summary>
    public int Count => draftAt.Length;

    /// <summary>The version of a place.</summary>
    public ref readonly DraftVersion this[int version] => ref drafts[draftAt[version]];

    public ReadOnlySpan<int> List(ListPlace place) => drafts.List(place);

    private (int[] Texts, int[] Rank) RankNames()
    {
        var texts = relations.NameTexts.ToArray();
        new NameOrder(relations.Texts).Sort(texts);
        var rank = new int[texts.Length];
        for (var place = 0; place < texts.Length; place++)
        {
            rank[relations.NameOf(texts[place])] = place;
        }

        return (texts, rank);
    }

    private void GroupByName()
    {
        for (var draft = 0; draft < drafts.Count; draft++)
        {
            NameVersionStart[NameRank[drafts[draft].Name]]++;
        }

        EndsOf(NameVersionStart);
        for (var draft = drafts.Count - 1; draft >= 0; draft--)
        {
            draftAt[--NameVersionStart[NameRank[drafts[draft].Name]]] = draft;
        }
    }

    /// <summary>Most names have one version, so only few are compared.</summary>
    private void SortWithinNames()
    {
        var texts = new VersionTexts(relations.Texts);
        Comparison<int> compare = Compare;
        for (var name = 0; name < NameTexts.Length; name++)
        {
            var (start, end) = (NameVersionStart[name], NameVersionStart[name + 1]);
            if (end - start > 1)
            {
                draftAt.AsSpan(start..end).Sort(compare);
            }
        }

        int Compare(int left, int right)
        {
            ref readonly var a = ref drafts[left];
            ref readonly var b = ref drafts[right];
            var order = b.Priority.CompareTo(a.Priority);
            order = order != 0 ? order : a.Scheme.CompareTo(b.Scheme);
            return order != 0 ? order : texts.CompareNewestFirst(a.Scheme, a.Text, b.Text);
        }
    }

    /// <summary>By name, then version, then text, which only makes the order total.</summary>
    private (int[] Provider, int[] Text) GatherProviders()
    {
        for (var version = 0; version < Count; version++)
        {
            var provides = List(this[version].Provides);
            for (var i = 0; i < provides.Length; i += 2)
            {
                NameProviderStart[NameRank[provides[i]]]++;
            }
        }

        EndsOf(NameProviderStart);
        var found = new long[NameProviderStart[^1]];
        for (var version = Count - 1; version >= 0; version--)
        {
            var provides = List(this[version].Provides);
            for (var i = 0; i < provides.Length; i += 2)
            {
                found[--NameProviderStart[NameRank[provides[i]]]] = ((long)version << 32) | (uint)provides[i + 1];
            }
        }

        for (var name = 0; name < NameTexts.Length; name++)
        {
            SortTexts(found.AsSpan(NameProviderStart[name]..NameProviderStart[name + 1]));
        }

        var (providers, texts) = (new int[found.Length], new int[found.Length]);
        for (var i = 0; i < found.Length; i++)
        {
            (providers[i], texts[i]) = ((int)(found[i] >> 32), (int)found[i]);
        }

        return (providers, texts);
    }

    /// <summary>They stand by version already; only a version that provides the name twice can disturb the order.</summary>
    private static void SortTexts(Span<long> found)
    {
        for (var i = 1; i < found.Length; i++)
        {
            if (found[i - 1] > found[i])
            {
                found.Sort();
                return;
            }
        }
    }

    /// <summary>From how many there are of each to where each ends.</summary>
    private static void EndsOf(int[] counts)
    {
        var sum = 0;
        for (var i = 0; i < counts.Length; i++)
        {
            counts[i] = sum += counts[i];
        }
    }
}
