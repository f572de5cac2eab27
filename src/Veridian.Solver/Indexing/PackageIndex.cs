using System.Diagnostics.CodeAnalysis;
using System.Text;
using Veridian.Core.Errors;
using Veridian.Core.Packages;

namespace Veridian.Solver.Indexing;

/// <summary>A read-only index of packages, used in place without parsing.</summary>
/// <remarks>
/// Source: <c>store-format/index/README.md</c>. Names are sorted by their bytes; the versions of a name stand together, best first:
/// higher repository priority, then newer. Everything is addressed by ids that are positions. Safe to use from several threads.
/// </remarks>
public sealed class PackageIndex : IDisposable
{
    /// <summary>The numbers that solving reads.</summary>
    internal readonly IndexRows Rows;

    private readonly IndexFile file;
    private readonly IntColumn textStart;
    private readonly IntColumn nameText;
    private readonly IntColumn nameVersionStart;

    private PackageIndex(IndexFile file)
    {
        this.file = file;
        textStart = file.Ints(IndexSection.TextStart);
        nameText = file.Ints(IndexSection.NameText);
        nameVersionStart = file.Ints(IndexSection.NameVersionStart);
        Rows = new IndexRows(file);
    }

    /// <summary>How many names there are, real, virtual or only mentioned.</summary>
    public int NameCount => nameText.Length;

    /// <summary>How many versions there are in all.</summary>
    public int VersionCount => Rows.VersionName.Length;

    /// <summary>Checks the bytes and uses them in place. The memory must stay unchanged until this is disposed.</summary>
    /// <exception cref="StoreDamagedException">The bytes are no index of this format version, or damaged.</exception>
    public static PackageIndex Open(ReadOnlyMemory<byte> bytes) => TryOpen(bytes, out var index, out var refusal)
        ? index
        : throw new StoreDamagedException(ErrorCodes.StoreDamaged, $"The package index cannot be used: {refusal}.", "Run 'vpkg apply --refresh', which builds it anew.");

    /// <summary>As <see cref="Open"/>, but foreign or damaged bytes give false and a reason for people: the caller builds the index anew.</summary>
    public static bool TryOpen(ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out PackageIndex? index, out string refusal)
    {
        (var file, refusal) = IndexFile.Check(bytes);
        index = file is null ? null : new PackageIndex(file);
        return index is not null;
    }

    /// <summary>Writes the index as it stands; the stream stays open.</summary>
    public void CopyTo(Stream to) => to.Write(file.All);

    /// <summary>Gives the memory back; nothing of the index may be used afterwards.</summary>
    public void Dispose() => file.Dispose();

    /// <summary>The name's id, or -1.</summary>
    public int FindName(ReadOnlySpan<char> name)
    {
        Span<byte> key = stackalloc byte[512];
        if (!Encoding.UTF8.TryGetBytes(name, key, out var length))
        {
            return -1;
        }

        var (low, high) = (0, NameCount - 1);
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var order = TextBytes(nameText[middle]).SequenceCompareTo(key[..length]);
            if (order == 0)
            {
                return middle;
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return -1;
    }

    /// <summary>The name's text.</summary>
    public string NameText(int name) => Text(nameText[name]);

    /// <summary>The version ids of a name, best first; empty for a name that is only virtual or mentioned.</summary>
    public Range VersionsOf(int name) => nameVersionStart[name]..nameVersionStart[name + 1];

    /// <summary>The version with exactly this text, or -1.</summary>
    public int FindVersion(ReadOnlySpan<char> name, ReadOnlySpan<char> version)
    {
        var id = FindName(name);
        for (var at = id < 0 ? 0 : nameVersionStart[id]; id >= 0 && at < nameVersionStart[id + 1]; at++)
        {
            if (VersionText(at).AsSpan().SequenceEqual(version))
            {
                return at;
            }
        }

        return -1;
    }

    /// <summary>The name of a version.</summary>
    public int NameOf(int version) => Rows.VersionName[version];

    /// <summary>The version's text.</summary>
    public string VersionText(int version) => Text(file.Ints(IndexSection.VersionText)[version]);

    /// <summary>The architecture's text.</summary>
    public string Architecture(int version) => Text(file.Ints(IndexSection.VersionArchitecture)[version]);

    /// <summary>How the version is ordered.</summary>
    public VersionScheme Scheme(int version) => (VersionScheme)((Flags(version) >> IndexFormat.SchemeShift) & 3);

    /// <summary>Whether it is part of every environment.</summary>
    public bool IsEssential(int version) => (Flags(version) & IndexFormat.EssentialFlag) != 0;

    /// <summary>Whether it can never be installed, whatever is asked for, because of a row that nothing can satisfy.</summary>
    public bool IsDead(int version) => (Flags(version) & IndexFormat.DeadFlag) != 0;

    /// <summary>Bytes to download.</summary>
    public long DownloadBytes(int version) => file.Items<long>(IndexSection.DownloadBytes)[version];

    /// <summary>Bytes on disk as the repository states them.</summary>
    public long InstalledBytes(int version) => file.Items<long>(IndexSection.InstalledBytes)[version];

    /// <summary>The time at which the version existed at the latest, in seconds since 1970; 0 for always.</summary>
    public long KnownSince(int version) => file.Items<uint>(IndexSection.KnownSince)[version];

    /// <summary>Where the full record stands: the caller's file number, and bytes in its decompressed text.</summary>
    public (int Source, long Offset, int Length) Record(int version) => (
        file.Ints(IndexSection.RecordSource)[version],
        file.Items<long>(IndexSection.RecordOffset)[version],
        file.Ints(IndexSection.RecordLength)[version]);

    /// <summary>Who provides a name, and as which version (empty: without one), sorted by the providers' names.</summary>
    public IReadOnlyList<(int Version, string As)> ProvidersOf(int name)
    {
        var (starts, texts) = (file.Ints(IndexSection.NameProviderStart), file.Ints(IndexSection.ProviderText));
        var providers = file.Ints(IndexSection.Provider);
        var list = new List<(int, string)>();
        for (var at = starts[name]; at < starts[name + 1]; at++)
        {
            list.Add((providers[at], Text(texts[at])));
        }

        return list;
    }

    /// <summary>The rows of a version as the repository states them; of conflicts only those that hit another package of the index.</summary>
    public IReadOnlyList<IReadOnlyList<Relation>> DependsOf(int version) => Clauses(Rows.Depends(version));

    /// <inheritdoc cref="DependsOf"/>
    public IReadOnlyList<IReadOnlyList<Relation>> RecommendsOf(int version) => Clauses(Rows.Recommends(version));

    /// <inheritdoc cref="DependsOf"/>
    public IReadOnlyList<IReadOnlyList<Relation>> ConflictsOf(int version) => Clauses(Rows.Conflicts(version));

    /// <summary>The versions that satisfy a relation, best first: real ones, then providers (I-6).</summary>
    /// <exception cref="InvalidInputException">Its constraint cannot be read.</exception>
    public IReadOnlyList<int> Matching(Relation relation) => Matching(relation, providers: true);

    /// <summary>The versions that satisfy a requirement, best first.</summary>
    /// <exception cref="InvalidInputException">Its constraint cannot be read.</exception>
    internal IReadOnlyList<int> Matching(Requirement requirement) => Matching(requirement.Relation, !requirement.Itself);

    private List<int> Matching(Relation relation, bool providers)
    {
        var found = new List<int>();
        var name = FindName(relation.Name);
        if (name < 0)
        {
            return found;
        }

        var match = new VersionMatch(relation.Kind, relation.Version);
        for (var version = nameVersionStart[name]; version < nameVersionStart[name + 1]; version++)
        {
            if (match.Holds(Scheme(version), VersionText(version)))
            {
                found.Add(version);
            }
        }

        if (providers && Rows.Providers(name).Length > 0)
        {
            AddProviders(name, match, found);
        }

        return found;
    }

    private void AddProviders(int name, VersionMatch match, List<int> to)
    {
        foreach (var (version, text) in ProvidersOf(name))
        {
            if ((match.IsAny || text.Length > 0 && match.Holds(Scheme(version), text)) && !to.Contains(version))
            {
                to.Add(version);
            }
        }
    }

    /// <summary>The relations of a clause, for messages.</summary>
    internal IReadOnlyList<Relation> Clause(int clause)
    {
        var (names, texts) = (file.Ints(IndexSection.RelationName), file.Ints(IndexSection.RelationText));
        var kinds = file.Items<byte>(IndexSection.RelationKind);
        var ids = file.Ints(IndexSection.ClauseRelationStart).ListOf(clause, file.Ints(IndexSection.ClauseRelation));
        var relations = new Relation[ids.Length];
        for (var i = 0; i < ids.Length; i++)
        {
            relations[i] = new Relation(NameText(names[ids[i]]), (RelationKind)kinds[ids[i]], Text(texts[ids[i]]));
        }

        return relations;
    }

    private List<IReadOnlyList<Relation>> Clauses(ReadOnlySpan<int> clauses)
    {
        var rows = new List<IReadOnlyList<Relation>>(clauses.Length);
        foreach (var clause in clauses)
        {
            rows.Add(Clause(clause));
        }

        return rows;
    }

    private byte Flags(int version) => file.Items<byte>(IndexSection.VersionFlags)[version];

    private string Text(int id) => Encoding.UTF8.GetString(TextBytes(id));

    private ReadOnlySpan<byte> TextBytes(int id) => file.Items<byte>(IndexSection.TextBytes)[textStart[id]..textStart[id + 1]];
}
