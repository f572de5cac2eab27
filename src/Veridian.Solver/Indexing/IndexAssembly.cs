namespace Veridian.Solver.Indexing;

/// <summary>Turns drafts into the columns of an index: sorts, resolves relations to versions, finds dead versions.</summary>
internal sealed class IndexAssembly
{
    private readonly RelationTable relations;
    private readonly IndexSections sections = new();
    private readonly VersionRanking ranking;
    private readonly RelationResolver resolver;
    private readonly int[] clauseSet;

    public IndexAssembly(RelationTable relations, List<DraftVersion> drafts)
    {
        this.relations = relations;
        ranking = new VersionRanking(relations, drafts);
        resolver = new RelationResolver(relations, ranking);
        clauseSet = new int[relations.Clauses.Count];
        for (var clause = 0; clause < clauseSet.Length; clause++)
        {
            clauseSet[clause] = resolver.SetOf(relations.Clauses[clause]);
        }
    }

    public void Write(Stream to)
    {
        AddNames();
        AddVersions();
        AddRelations();
        AddConflicts();
        sections.Add(IndexSection.DependStart, IndexSection.DependClause, Rows(draft => draft.Depends));
        sections.Add(IndexSection.RecommendStart, IndexSection.RecommendClause, Rows(draft => draft.Recommends));
        var (starts, bytes) = relations.Texts.Encode();
        sections.Add(IndexSection.TextStart, starts);
        sections.Add(IndexSection.TextBytes, bytes);
        sections.Write(to);
    }

    private void AddNames()
    {
        var texts = new int[relations.NameCount];
        for (var name = 0; name < texts.Length; name++)
        {
            texts[ranking.NameRank[name]] = relations.TextOfName(name);
        }

        sections.Add(IndexSection.NameText, texts);
        sections.Add(IndexSection.NameVersionStart, ranking.NameVersionStart);
        sections.Add(IndexSection.NameProviderStart, ranking.NameProviderStart);
        sections.Add(IndexSection.Provider, ranking.Provider);
        sections.Add(IndexSection.ProviderText, ranking.ProviderText);
    }

    private void AddVersions()
    {
        var dead = new DeadVersions(ranking, clauseSet, resolver.Sets).Find();
        sections.Add(IndexSection.VersionName, Column(draft => ranking.NameRank[draft.Name]));
        sections.Add(IndexSection.VersionText, Column(draft => draft.Text));
        sections.Add(IndexSection.VersionArchitecture, Column(draft => draft.Architecture));
        sections.Add(IndexSection.DownloadBytes, Column(draft => draft.DownloadBytes));
        sections.Add(IndexSection.InstalledBytes, Column(draft => draft.InstalledBytes));
        sections.Add(IndexSection.RecordSource, Column(draft => draft.Source));
        sections.Add(IndexSection.RecordOffset, Column(draft => draft.Offset));
        sections.Add(IndexSection.RecordLength, Column(draft => draft.Length));
        sections.Add(IndexSection.KnownSince, Column(draft => (uint)Math.Clamp(draft.KnownSince, 0, uint.MaxValue)));
        var flags = Column(draft => (byte)((draft.Essential ? IndexFormat.EssentialFlag : 0) | ((int)draft.Scheme << IndexFormat.SchemeShift)));
        for (var version = 0; version < flags.Length; version++)
        {
            flags[version] |= dead[version] ? IndexFormat.DeadFlag : (byte)0;
        }

        sections.Add(IndexSection.VersionFlags, flags);
    }

    private void AddRelations()
    {
        var names = new int[relations.Count];
        var texts = new int[relations.Count];
        var kinds = new byte[relations.Count];
        for (var relation = 0; relation < names.Length; relation++)
        {
            var (name, text, kind) = relations[relation];
            (names[relation], texts[relation], kinds[relation]) = (ranking.NameRank[name], text, (byte)kind);
        }

        sections.Add(IndexSection.RelationName, names);
        sections.Add(IndexSection.RelationText, texts);
        sections.Add(IndexSection.RelationKind, kinds);
        sections.Add(IndexSection.ClauseSet, clauseSet);
        sections.Add<int>(IndexSection.ClauseRelationStart, relations.Clauses.Starts);
        sections.Add<int>(IndexSection.ClauseRelation, relations.Clauses.Items);
        sections.Add<int>(IndexSection.SetStart, resolver.Sets.Starts);
        sections.Add<int>(IndexSection.SetMember, resolver.Sets.Items);
    }

    private void AddConflicts()
    {
        var rows = Rows(EffectiveConflicts);
        var owners = new List<int>[resolver.Sets.Count];
        var hits = new List<int>[ranking.Versions.Length];
        for (var version = 0; version < rows.Length; version++)
        {
            foreach (var clause in rows[version])
            {
                var set = clauseSet[clause];
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
        }

        sections.Add(IndexSection.ConflictStart, IndexSection.ConflictClause, rows);
        sections.Add(IndexSection.OwnerStart, IndexSection.Owner, owners);
        sections.Add(IndexSection.HitStart, IndexSection.HitSet, hits);
    }

    /// <summary>Conflicts that hit some version of another name (I-7); most of a distribution's conflicts are with versions long gone.</summary>
    private int[] EffectiveConflicts(DraftVersion draft) => Array.FindAll(draft.Conflicts, clause => HitsOther(draft.Name, clauseSet[clause]));

    private bool HitsOther(int name, int set)
    {
        foreach (var member in resolver.Sets[set])
        {
            if (ranking.Versions[member].Name != name)
            {
                return true;
            }
        }

        return false;
    }

    private T[] Column<T>(Func<DraftVersion, T> value) => Array.ConvertAll(ranking.Versions, draft => value(draft));

    private int[][] Rows(Func<DraftVersion, int[]> value) => Array.ConvertAll(ranking.Versions, draft => value(draft));
}
