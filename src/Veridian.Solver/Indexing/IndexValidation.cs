using static Veridian.Solver.Indexing.IndexSection;

namespace Veridian.Solver.Indexing;

/// <summary>Checks that every number of an index that points somewhere points inside (I-3).</summary>
/// <remarks>A checksum only finds accidents. This makes even a forged index harmless: solving it can give nonsense, but never touch foreign memory.</remarks>
internal sealed class IndexValidation(IndexFile file)
{
    private IndexSection broken;

    public string? Refusal()
    {
        for (var section = (IndexSection)0; section < Count; section++)
        {
            if (!file.IsInside(section))
            {
                return $"it is damaged: section {section} lies outside";
            }
        }

        return IsWhole() ? null : $"it is damaged: section {broken} points outside";
    }

    private bool IsWhole()
    {
        var texts = Length(TextStart) - 1;
        var names = Length(NameText);
        var versions = Length(VersionName);
        var sets = Length(SetStart) - 1;
        var clauses = Length(ClauseSet);
        var relations = Length(RelationName);
        return Starts(TextStart, texts, file.Size(TextBytes))
            && Ids(NameText, names, texts)
            && Starts(NameVersionStart, names, versions)
            && Lists(NameProviderStart, names, Provider, versions)
            && Ids(ProviderText, Length(Provider), texts)
            && AreVersions(versions, names, texts)
            && Lists(SetStart, sets, SetMember, versions)
            && Ids(ClauseSet, clauses, sets)
            && Lists(ClauseRelationStart, clauses, ClauseRelation, relations)
            && Ids(RelationName, relations, names)
            && Ids(RelationText, relations, texts)
            && Bytes(RelationKind, relations)
            && (AreKinds(file.Items<byte>(RelationKind)) || Refuse(RelationKind))
            && Lists(DependStart, versions, DependClause, clauses)
            && Lists(RecommendStart, versions, RecommendClause, clauses)
            && Lists(ConflictStart, versions, ConflictClause, clauses)
            && Lists(OwnerStart, sets, Owner, versions)
            && Lists(HitStart, versions, HitSet, sets);
    }

    private bool AreVersions(int versions, int names, int texts) =>
        Ids(VersionName, versions, names)
        && Ids(VersionText, versions, texts)
        && Ids(VersionArchitecture, versions, texts)
        && Bytes(VersionFlags, versions)
        && (AreSchemes(file.Items<byte>(VersionFlags)) || Refuse(VersionFlags))
        && Bytes(DownloadBytes, versions * sizeof(long))
        && Bytes(InstalledBytes, versions * sizeof(long))
        && Bytes(RecordSource, versions * sizeof(int))
        && Bytes(RecordOffset, versions * sizeof(long))
        && Bytes(RecordLength, versions * sizeof(int))
        && Bytes(KnownSince, versions * sizeof(uint))
        && (Agree(file.Ints(NameVersionStart).All, file.Ints(VersionName).All) || Refuse(VersionName));

    private int Length(IndexSection section) => file.Size(section) / sizeof(int);

    private bool Lists(IndexSection starts, int lists, IndexSection items, int limit) =>
        Starts(starts, lists, Length(items)) && Ids(items, Length(items), limit);

    private bool Starts(IndexSection section, int lists, int end) =>
        lists >= 0 && Length(section) == lists + 1 && Ascends(file.Ints(section).All, end) || Refuse(section);

    private bool Ids(IndexSection section, int count, int limit) =>
        Length(section) == count && AllBelow(file.Ints(section).All, limit) || Refuse(section);

    private bool Bytes(IndexSection section, int count) => file.Size(section) == count || Refuse(section);

    private bool Refuse(IndexSection section)
    {
        broken = section;
        return false;
    }

    /// <summary>The versions of a name say that they are its versions.</summary>
    private static bool Agree(ReadOnlySpan<int> starts, ReadOnlySpan<int> names)
    {
        var ok = true;
        for (var name = 0; name < starts.Length - 1; name++)
        {
            for (var version = starts[name]; version < starts[name + 1]; version++)
            {
                ok &= names[version] == name;
            }
        }

        return ok;
    }

    private static bool Ascends(ReadOnlySpan<int> starts, int end)
    {
        var ok = starts[0] == 0 && starts[^1] == end;
        for (var i = 1; i < starts.Length; i++)
        {
            ok &= starts[i - 1] <= starts[i];
        }

        return ok;
    }

    private static bool AreKinds(ReadOnlySpan<byte> kinds) => !kinds.ContainsAnyExceptInRange((byte)0, (byte)Core.Packages.RelationKind.Set);

    private static bool AreSchemes(ReadOnlySpan<byte> flags)
    {
        var ok = true;
        foreach (var flag in flags)
        {
            ok &= ((flag >> IndexFormat.SchemeShift) & 3) <= (int)Core.Packages.VersionScheme.Generic;
        }

        return ok;
    }

    private static bool AllBelow(ReadOnlySpan<int> ids, int limit)
    {
        var ok = true;
        foreach (var id in ids)
        {
            ok &= (uint)id < (uint)limit;
        }

        return ok;
    }
}
