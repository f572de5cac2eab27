using System.Runtime.CompilerServices;
using static Veridian.Solver.Indexing.IndexSection;

namespace Veridian.Solver.Indexing;

/// <summary>Checks that every number of an index that points somewhere points inside (I-3).</summary>
/// <remarks>A checksum only finds accidents. This makes even a forged index harmless: solving it can give nonsense, but never touch foreign memory.</remarks>
internal sealed class IndexValidation(IndexFile file)
{
    public string? Refusal()
    {
        for (var section = (IndexSection)0; section < Count; section++)
        {
            if (!file.IsInside(section))
            {
                return $"it is damaged: section {section} lies outside";
            }
        }

        return Broken() is { } broken ? $"it is damaged: section {broken} points outside" : null;
    }

    private IndexSection? Broken()
    {
        var texts = Length(TextStart) - 1;
        var names = Length(NameText);
        var versions = Length(VersionName);
        var sets = Length(SetStart) - 1;
        var clauses = Length(ClauseSet);
        var relations = Length(RelationName);
        return Starts(TextStart, texts, file.Items<byte>(TextBytes).Length)
            ?? Ids(NameText, names, texts)
            ?? Starts(NameVersionStart, names, versions)
            ?? Lists(NameProviderStart, names, Provider, versions)
            ?? Ids(ProviderText, Length(Provider), texts)
            ?? Versions(versions, names, texts)
            ?? Lists(SetStart, sets, SetMember, versions)
            ?? Ids(ClauseSet, clauses, sets)
            ?? Lists(ClauseRelationStart, clauses, ClauseRelation, relations)
            ?? Ids(RelationName, relations, names)
            ?? Ids(RelationText, relations, texts)
            ?? Exactly<byte>(RelationKind, relations)
            ?? Lists(DependStart, versions, DependClause, clauses)
            ?? Lists(RecommendStart, versions, RecommendClause, clauses)
            ?? Lists(ConflictStart, versions, ConflictClause, clauses)
            ?? Lists(OwnerStart, sets, Owner, versions)
            ?? Lists(HitStart, versions, HitSet, sets);
    }

    private IndexSection? Versions(int versions, int names, int texts) =>
        Ids(VersionName, versions, names)
        ?? Ids(VersionText, versions, texts)
        ?? Ids(VersionArchitecture, versions, texts)
        ?? Exactly<byte>(VersionFlags, versions)
        ?? Exactly<long>(DownloadBytes, versions)
        ?? Exactly<long>(InstalledBytes, versions)
        ?? Exactly<int>(RecordSource, versions)
        ?? Exactly<long>(RecordOffset, versions)
        ?? Exactly<int>(RecordLength, versions)
        ?? NamesAgree();

    private IndexSection? NamesAgree() => Agree(file.Ints(NameVersionStart).All, file.Ints(VersionName).All) ? null : VersionName;

    private IndexSection? Exactly<T>(IndexSection section, int count)
        where T : unmanaged => file.Items<T>(section).Length == count ? null : section;

    private int Length(IndexSection section) => file.Ints(section).Length;

    private IndexSection? Lists(IndexSection starts, int lists, IndexSection items, int limit) =>
        Starts(starts, lists, Length(items)) ?? Ids(items, Length(items), limit);

    private IndexSection? Starts(IndexSection section, int lists, int end) =>
        lists >= 0 && Length(section) == lists + 1 && Ascends(file.Ints(section).All, end) ? null : section;

    private IndexSection? Ids(IndexSection section, int count, int limit) =>
        Length(section) == count && AllBelow(file.Ints(section).All, limit) ? null : section;

    /// <summary>The versions of a name say that they are its versions.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool Ascends(ReadOnlySpan<int> starts, int end)
    {
        var ok = starts[0] == 0 && starts[^1] == end;
        for (var i = 1; i < starts.Length; i++)
        {
            ok &= starts[i - 1] <= starts[i];
        }

        return ok;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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
