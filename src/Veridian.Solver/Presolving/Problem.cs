using Veridian.Solver.Indexing;

namespace Veridian.Solver.Presolving;

/// <summary>A request in numbers of one index, and what is still possible of every version.</summary>
/// <remarks>Bans only ever grow; they hold in every selection (S-4), so that all later steps may rely on them.</remarks>
internal sealed class Problem
{
    /// <summary>Answer of <see cref="OnlyName"/>: nothing satisfies the set any more.</summary>
    public const int NoName = -1;

    /// <summary>Answer of <see cref="OnlyName"/>: nothing follows from the set.</summary>
    public const int SeveralNames = -2;

    private const byte Banned = IndexFormat.DeadFlag;
    private const byte Assumed = 0x80;
    private const byte Forced = 1;
    private const byte Requested = 2;
    private const byte Recommending = 4;
    private const byte Certain = 8;

    // Fields, not properties: a cold process compiles every accessor it meets.
    public readonly PackageIndex Index;
    public readonly SolveRequest Request;
    public readonly IndexRows Rows;
    public readonly List<Demand> Demands = [];

    /// <summary>Names that every selection installs (the spine, S-6), in the order they were found.</summary>
    public readonly List<int> ForcedNames = [];

    private readonly byte[] versions;
    private readonly byte[] names;
    private readonly List<int[]> demandSets = [];
    private readonly Dictionary<int, int> locked = [];
    private readonly bool recommends;

    /// <summary>How many bans there were; a fixpoint is where it stands still.</summary>
    public int Bans;

    public Problem(PackageIndex index, SolveRequest request)
    {
        Index = index;
        Request = request;
        Rows = index.Rows;
        recommends = request.Recommends;
        versions = Rows.Flags.ToArray();
        names = new byte[index.NameCount];
        Exclude(request.Excluded);
        Assume(request.AssumedPresent);
        Restrict(request.Holds);
        Await(request.Ages);
        Lock(request.Locked);
    }

    public int SetCount => Rows.SetCount + demandSets.Count;

    public ReadOnlySpan<int> Members(int set) => set < Rows.SetCount ? Rows.Members(set) : demandSets[set - Rows.SetCount];

    public bool IsViable(int version) => (versions[version] & Banned) == 0;

    public bool IsAssumed(int version) => (versions[version] & Assumed) != 0;

    /// <summary>The limit by which the version is too young (S-24); null where it is old enough.</summary>
    public AgeLimit? TooYoungBy(int version)
    {
        for (var i = 0; i < Request.Ages.Count; i++)
        {
            if (Request.Ages[i].Source == Index.Record(version).Source)
            {
                return Request.Ages[i].Allows(Index.KnownSince(version)) ? null : Request.Ages[i];
            }
        }

        return null;
    }

    /// <summary>Whether the request forbids the version: excluded, held or too young. Only before presolving.</summary>
    public bool IsRefused(int version) => !IsViable(version) && (Rows.Flags[version] & IndexFormat.DeadFlag) == 0;

    public bool IsForced(int name) => (names[name] & Forced) != 0;

    public bool IsRequested(int name) => (names[name] & Requested) != 0;

    /// <summary>Whether this version's recommended rows count.</summary>
    public bool Recommends(int version) => recommends || (names[Rows.VersionName[version]] & Recommending) != 0;

    public void Ban(int version)
    {
        if (IsViable(version))
        {
            versions[version] |= Banned;
            Bans++;
        }
    }

    public void Force(int name)
    {
        if (!IsForced(name))
        {
            names[name] |= Forced;
            ForcedNames.Add(name);
        }
    }

    /// <summary>Notes that only one version of a forced name is left; true the first time.</summary>
    public bool MarkCertain(int name)
    {
        var isNew = (names[name] & Certain) == 0;
        names[name] |= Certain;
        return isNew;
    }

    /// <summary>The locked version of a name if it is still possible, else -1 (S-9).</summary>
    public int LockedVersion(int name) => locked.TryGetValue(name, out var version) && IsViable(version) ? version : -1;

    /// <summary>The best version that is still possible (S-8), or -1.</summary>
    public int Best(int name)
    {
        var version = locked.Count == 0 ? -1 : LockedVersion(name);
        for (var at = Rows.FirstVersion(name); version < 0 && at < Rows.EndVersion(name); at++)
        {
            version = IsViable(at) ? at : -1;
        }

        return version;
    }

    /// <summary>The only version that is still possible, or -1 for none and -2 for several.</summary>
    public int Only(int name)
    {
        var only = -1;
        for (var at = Rows.FirstVersion(name); at < Rows.EndVersion(name); at++)
        {
            if (IsViable(at))
            {
                if (only >= 0)
                {
                    return -2;
                }

                only = at;
            }
        }

        return only;
    }

    /// <summary>The versions that are still possible, best first (S-8).</summary>
    public int[] Preference(int name)
    {
        var first = LockedVersion(name);
        var order = new List<int>(Rows.EndVersion(name) - Rows.FirstVersion(name));
        if (first >= 0)
        {
            order.Add(first);
        }

        for (var at = Rows.FirstVersion(name); at < Rows.EndVersion(name); at++)
        {
            if (at != first && IsViable(at))
            {
                order.Add(at);
            }
        }

        return [.. order];
    }

    /// <summary>Whether all versions of the name that are still possible are in the list.</summary>
    public bool Covers(ReadOnlySpan<int> members, int name)
    {
        for (var at = Rows.FirstVersion(name); at < Rows.EndVersion(name); at++)
        {
            if (IsViable(at) && !IsIn(members, at))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether every selection satisfies the set: by an assumed package, or by the spine (S-6).</summary>
    public bool IsCertain(int set)
    {
        var members = Members(set);
        foreach (var member in members)
        {
            var name = Rows.VersionName[member];
            if (IsAssumed(member) || IsForced(name) && IsViable(member) && Covers(members, name))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The first member that is still possible (S-11), or -1.</summary>
    public int FirstViable(int set)
    {
        foreach (var member in Members(set))
        {
            if (IsViable(member))
            {
                return member;
            }
        }

        return -1;
    }

    /// <summary>The only name of the set that is still possible, <see cref="NoName"/>, or <see cref="SeveralNames"/> also for a set that is satisfied anyway.</summary>
    public int OnlyName(int set)
    {
        var name = NoName;
        foreach (var member in Members(set))
        {
            if (IsAssumed(member))
            {
                return SeveralNames;
            }

            if (IsViable(member))
            {
                var its = Rows.VersionName[member];
                if (name >= 0 && name != its)
                {
                    return SeveralNames;
                }

                name = its;
            }
        }

        return name;
    }

    /// <summary>Bans the name's versions that are not in the list.</summary>
    public void CutTo(int name, ReadOnlySpan<int> members)
    {
        for (var at = Rows.FirstVersion(name); at < Rows.EndVersion(name); at++)
        {
            if (IsViable(at) && !IsIn(members, at))
            {
                Ban(at);
            }
        }
    }

    public static bool IsIn(ReadOnlySpan<int> members, int version)
    {
        foreach (var member in members)
        {
            if (member == version)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Adds a demand for one of the versions.</summary>
    public void Ask(int[] members, int requirement, bool optional)
    {
        demandSets.Add(members);
        Demands.Add(new Demand(SetCount - 1, requirement, optional));
    }

    /// <summary>Marks the names whose lag counts as that of requested ones (S-10).</summary>
    public void MarkRequested(int name, bool recommending) => names[name] |= (byte)(Requested | (recommending ? Recommending : 0));

    /// <summary>Adds the versions of other names that cannot stand beside this one, whoever states it.</summary>
    public void AddConflicts(int version, List<int> to)
    {
        var name = Rows.VersionName[version];
        foreach (var clause in Rows.Conflicts(version))
        {
            AddOthers(Rows.Members(Rows.SetOf(clause)), name, to);
        }

        foreach (var set in Rows.HitBy(version))
        {
            AddOthers(Rows.Owners(set), name, to);
        }
    }

    private void AddOthers(ReadOnlySpan<int> found, int name, List<int> to)
    {
        foreach (var other in found)
        {
            if (Rows.VersionName[other] != name)
            {
                to.Add(other);
            }
        }
    }

    private void Exclude(IReadOnlyList<string> excluded)
    {
        for (var i = 0; i < excluded.Count; i++)
        {
            var name = Index.FindName(excluded[i]);
            for (var at = name < 0 ? 0 : Rows.FirstVersion(name); name >= 0 && at < Rows.EndVersion(name); at++)
            {
                versions[at] |= Banned;
            }
        }
    }

    /// <summary>S-7. Dead versions stay out of it, because the index has already counted on nothing being satisfied by them.</summary>
    private void Assume(IReadOnlyList<string> assumed)
    {
        for (var i = 0; i < assumed.Count; i++)
        {
            var name = Index.FindName(assumed[i]);
            for (var at = name < 0 ? 0 : Rows.FirstVersion(name); name >= 0 && at < Rows.EndVersion(name); at++)
            {
                versions[at] |= Index.IsDead(at) ? Banned : (byte)(Banned | Assumed);
            }
        }
    }

    private void Restrict(IReadOnlyList<Hold> holds)
    {
        for (var i = 0; i < holds.Count; i++)
        {
            var allowed = holds[i].Relation;
            var name = Index.FindName(allowed.Name);
            var match = new VersionMatch(allowed.Kind, allowed.Version);
            for (var at = name < 0 ? 0 : Rows.FirstVersion(name); name >= 0 && at < Rows.EndVersion(name); at++)
            {
                if (!match.Holds(Index.Scheme(at), Index.VersionText(at)))
                {
                    versions[at] |= Banned;
                }
            }
        }
    }

    private void Await(IReadOnlyList<AgeLimit> ages)
    {
        for (var version = 0; ages.Count > 0 && version < versions.Length; version++)
        {
            if (TooYoungBy(version) is not null)
            {
                versions[version] |= Banned;
            }
        }
    }

    private void Lock(IReadOnlyDictionary<string, string> versionOf)
    {
        foreach (var (name, version) in versionOf)
        {
            if (Index.FindVersion(name, version) is var id and >= 0)
            {
                locked[Rows.VersionName[id]] = id;
            }
        }
    }
}
