namespace Veridian.Solver.Indexing;

/// <summary>Turns drafts into the columns of an index: sorts, resolves relations to versions, finds dead versions.</summary>
internal sealed class IndexAssembly
{
    private readonly RelationTable relations;
    private readonly IndexSections sections = new();
    private readonly VersionRanking ranking;
    private readonly RelationResolver resolver;
    private readonly int[] clauseSet;

    public IndexAssembly(RelationTable relations, Drafts drafts)
    {
        this.relations = relations;
        ranking = new VersionRanking(relations, drafts);
        resolver = new RelationResolver(relations, ranking);
        clauseSet = resolver.SetOfClauses();
    }

    public void Write(Stream to)
    {
        AddNames();
        AddVersions();
        AddRelations();
        AddRows();
        AddConflicts();
        sections.Add(IndexSection.TextStart, relations.Texts.Starts, relations.Texts.Count + 1);
        sections.Add(IndexSection.TextBytes, relations.Texts.Items, relations.Texts.ItemCount);
        sections.Write(to);
    }

    private void AddNames()
    {
        sections.Add(IndexSection.NameText, ranking.NameTexts);
        sections.Add(IndexSection.NameVersionStart, ranking.NameVersionStart);
        sections.Add(IndexSection.NameProviderStart, ranking.NameProviderStart);
        sections.Add(IndexSection.Provider, ranking.Provider);
        sections.Add(IndexSection.ProviderText, ranking.ProviderText);
    }

    private void AddVersions()
    {
        var count = ranking.Count;
        var (names, texts, architectures, flags) = (new int[count], new int[count], new int[count], new byte[count]);
        var (downloads, installs, known) = (new long[count], new long[count], new uint[count]);
        var (sources, offsets, lengths) = (new int[count], new long[count], new int[count]);
        var dead = new DeadVersions(ranking, clauseSet, resolver.Sets).Find();
        for (var version = 0; version < count; version++)
        {
            ref readonly var draft = ref ranking[version];
            (names[version], texts[version], architectures[version]) = (ranking.NameRank[draft.Name], draft.Text, draft.Architecture);
            flags[version] = (byte)(draft.Flags | (dead[version] ? IndexFormat.DeadFlag : 0));
            (downloads[version], installs[version], known[version]) = (draft.DownloadBytes, draft.InstalledBytes, draft.KnownSince);
            (sources[version], offsets[version], lengths[version]) = (draft.Source, draft.Offset, draft.Length);
        }

        sections.Add(IndexSection.VersionName, names);
        sections.Add(IndexSection.VersionText, texts);
        sections.Add(IndexSection.VersionArchitecture, architectures);
        sections.Add(IndexSection.VersionFlags, flags);
        sections.Add(IndexSection.DownloadBytes, downloads);
        sections.Add(IndexSection.InstalledBytes, installs);
        sections.Add(IndexSection.KnownSince, known);
        sections.Add(IndexSection.RecordSource, sources);
        sections.Add(IndexSection.RecordOffset, offsets);
        sections.Add(IndexSection.RecordLength, lengths);
    }

    private void AddRelations()
    {
        var count = relations.Relations.Count;
        var (names, texts, kinds) = (new int[count], new int[count], new byte[count]);
        for (var i = 0; i < count; i++)
        {
            var relation = relations.Relations[i];
            (names[i], texts[i], kinds[i]) = (ranking.NameRank[relation[0]], relation[1], (byte)relation[2]);
        }

        sections.Add(IndexSection.RelationName, names);
        sections.Add(IndexSection.RelationText, texts);
        sections.Add(IndexSection.RelationKind, kinds);
        sections.Add(IndexSection.ClauseSet, clauseSet);
        sections.Add(IndexSection.ClauseRelationStart, relations.Clauses.Starts, relations.Clauses.Count + 1);
        sections.Add(IndexSection.ClauseRelation, relations.Clauses.Items, relations.Clauses.ItemCount);
        sections.Add(IndexSection.SetStart, resolver.Sets.Starts, resolver.Sets.Count + 1);
        sections.Add(IndexSection.SetMember, resolver.Sets.Items, resolver.Sets.ItemCount);
    }

    private void AddRows()
    {
        var (depends, recommends) = (new IndexLists(ranking.Count), new IndexLists(ranking.Count));
        for (var version = 0; version < ranking.Count; version++)
        {
            depends.Add(ranking.List(ranking[version].Depends));
            recommends.Add(ranking.List(ranking[version].Recommends));
        }

        sections.Add(IndexSection.DependStart, IndexSection.DependClause, depends);
        sections.Add(IndexSection.RecommendStart, IndexSection.RecommendClause, recommends);
    }

    /// <summary>Conflicts that hit some version of another name (I-7); most of a distribution's conflicts are with versions long gone.</summary>
    private void AddConflicts()
    {
        var conflicts = new IndexLists(ranking.Count);
        var (owners, hits) = (new List<int>[resolver.Sets.Count], new List<int>[ranking.Count]);
        for (var version = 0; version < ranking.Count; version++)
        {
            foreach (var clause in ranking.List(ranking[version].Conflicts))
            {
                var set = clauseSet[clause];
                if (HitsOther(ranking[version].Name, set))
                {
                    conflicts.Append(clause);
                    AddOwner(version, set, owners, hits);
                }
            }

            conflicts.End();
        }

        sections.Add(IndexSection.ConflictStart, IndexSection.ConflictClause, conflicts);
        sections.Add(IndexSection.OwnerStart, IndexSection.Owner, IndexLists.Of(owners));
        sections.Add(IndexSection.HitStart, IndexSection.HitSet, IndexLists.Of(hits));
    }

    private void AddOwner(int version, int set, List<int>[] owners, List<int>[] hits)
    {
        if (owners[set] is null)
        {
            owners[set] = [];
            foreach (var member in resolver.Sets[set])
            {
                (hits[member] ??= []).Add(set);
            }
        }

        owners[set].Add(version);
    }

    private bool HitsOther(int name, int set)
    {
        foreach (var member in resolver.Sets[set])
        {
            if (ranking[member].Name != name)
            {
                return true;
            }
        }

        return false;
    }
}
