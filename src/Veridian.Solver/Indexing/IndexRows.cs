namespace Veridian.Solver.Indexing;

/// <summary>The columns that solving reads, without texts. Lists stay valid as long as the index is open.</summary>
internal sealed class IndexRows(IndexFile file)
{
    private readonly IntColumn nameVersionStart = file.Ints(IndexSection.NameVersionStart);
    private readonly IntColumn nameProviderStart = file.Ints(IndexSection.NameProviderStart);
    private readonly IntColumn provider = file.Ints(IndexSection.Provider);
    private readonly IntColumn setStart = file.Ints(IndexSection.SetStart);
    private readonly IntColumn setMember = file.Ints(IndexSection.SetMember);
    private readonly IntColumn clauseSet = file.Ints(IndexSection.ClauseSet);
    private readonly IntColumn dependStart = file.Ints(IndexSection.DependStart);
    private readonly IntColumn dependClause = file.Ints(IndexSection.DependClause);
    private readonly IntColumn recommendStart = file.Ints(IndexSection.RecommendStart);
    private readonly IntColumn recommendClause = file.Ints(IndexSection.RecommendClause);
    private readonly IntColumn conflictStart = file.Ints(IndexSection.ConflictStart);
    private readonly IntColumn conflictClause = file.Ints(IndexSection.ConflictClause);
    private readonly IntColumn ownerStart = file.Ints(IndexSection.OwnerStart);
    private readonly IntColumn owner = file.Ints(IndexSection.Owner);
    private readonly IntColumn hitStart = file.Ints(IndexSection.HitStart);
    private readonly IntColumn hitSet = file.Ints(IndexSection.HitSet);

    /// <summary>A field, not a property: a cold process compiles every accessor it meets.</summary>
    public readonly IntColumn VersionName = file.Ints(IndexSection.VersionName);

    public int SetCount => setStart.Length - 1;

    /// <summary>Flags of all versions (<see cref="IndexFormat.DeadFlag"/> and others).</summary>
    public ReadOnlySpan<byte> Flags => file.Items<byte>(IndexSection.VersionFlags);

    public int FirstVersion(int name) => nameVersionStart[name];

    /// <summary>One past the name's last version.</summary>
    public int EndVersion(int name) => nameVersionStart[name + 1];

    /// <summary>The versions that provide a name.</summary>
    public ReadOnlySpan<int> Providers(int name) => nameProviderStart.ListOf(name, provider);

    /// <summary>The versions that satisfy a requirement set, best first.</summary>
    public ReadOnlySpan<int> Members(int set) => setStart.ListOf(set, setMember);

    public int SetOf(int clause) => clauseSet[clause];

    /// <summary>Clauses of a version's rows.</summary>
    public ReadOnlySpan<int> Depends(int version) => dependStart.ListOf(version, dependClause);

    /// <inheritdoc cref="Depends"/>
    public ReadOnlySpan<int> Recommends(int version) => recommendStart.ListOf(version, recommendClause);

    /// <inheritdoc cref="Depends"/>
    public ReadOnlySpan<int> Conflicts(int version) => conflictStart.ListOf(version, conflictClause);

    /// <summary>The versions that conflict with a set.</summary>
    public ReadOnlySpan<int> Owners(int set) => ownerStart.ListOf(set, owner);

    /// <summary>The sets with a version in them that some version conflicts with.</summary>
    public ReadOnlySpan<int> HitBy(int version) => hitStart.ListOf(version, hitSet);
}
