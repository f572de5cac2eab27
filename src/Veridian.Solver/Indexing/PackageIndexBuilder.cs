using System.Runtime.InteropServices;
using System.Text;
using Veridian.Core.Packages;

namespace Veridian.Solver.Indexing;

/// <summary>Gathers package entries and writes the binary index that <see cref="PackageIndex"/> reads.</summary>
/// <remarks>
/// Source: <c>store-format/index/README.md</c>. The same entries in the same order give the same bytes. Not thread-safe.
/// Entries are taken apart at once: what is kept of them is a few numbers, so that 100,000 entries cost megabytes, not their texts.
/// </remarks>
public sealed class PackageIndexBuilder
{
    private readonly Drafts drafts = new();
    private ListTable<int>? byNameAndVersion = new(); // the number of a pair is that of its draft; gone when the index is written
    private readonly RelationTable relations = new();
    private readonly List<int> row = [];
    private readonly List<int> rows = [];
    private RelationRows? readRows;
    private int[] clauseOfRow = []; // plus one

    /// <summary>Takes one version of one package. Of two with the same name and version the one with the higher priority stays, then the first.</summary>
    public void Add(PackageEntry entry)
    {
        var raw = new RawPackageEntry
        {
            Name = Bytes(entry.Name),
            Version = Bytes(entry.Version),
            Scheme = entry.Scheme,
            Architecture = Bytes(entry.Architecture),
            Essential = entry.Essential,
            DownloadBytes = entry.DownloadBytes,
            InstalledBytes = entry.InstalledBytes,
            Source = entry.Source,
            Offset = entry.Offset,
            Length = entry.Length,
            KnownSince = entry.KnownSince,
            Priority = entry.Priority,
        };
        if (IsWanted(raw, out var place))
        {
            drafts.Set(place.Draft, new DraftVersion(raw, place.Name, place.Text, relations.Texts.Intern(raw.Architecture))
            {
                Depends = Keep(entry.Depends.Select(Clause)),
                Recommends = Keep(entry.Recommends.Select(Clause)),
                Conflicts = Keep(entry.Conflicts.Select(conflict => Clause([conflict]))),
                Provides = Keep(entry.Provides.SelectMany(provided => new[] { relations.Name(Bytes(provided.Name)), relations.Texts.Intern(Bytes(provided.Version)) })),
            });
        }
    }

    /// <inheritdoc cref="Add(PackageEntry)"/>
    public void Add(RawPackageEntry entry)
    {
        if (IsWanted(entry, out var place))
        {
            Know(entry.Rows);
            drafts.Set(place.Draft, new DraftVersion(entry, place.Name, place.Text, relations.Texts.Intern(entry.Architecture))
            {
                Depends = Clauses(entry.Depends),
                Recommends = Clauses(entry.Recommends),
                Conflicts = Clauses(entry.Conflicts),
                Provides = Provides(entry.Provides, entry.Rows),
            });
        }
    }

    /// <summary>Writes the whole index from the stream's position on; the stream stays open. Nothing can be added afterwards.</summary>
    /// <exception cref="Veridian.Core.Errors.InvalidInputException">A constraint of an entry cannot be read, or the index exceeds 1 GiB.</exception>
    public void Write(Stream to)
    {
        (byNameAndVersion, readRows, clauseOfRow) = (null, null, []); // a million entries need the room twice
        new IndexAssembly(relations, drafts).Write(to);
    }

    private bool IsWanted(in RawPackageEntry entry, out (int Name, int Text, int Draft) place)
    {
        var pairs = byNameAndVersion ?? throw new InvalidOperationException("The index is written.");
        var name = relations.Name(entry.Name);
        var text = relations.Texts.Intern(entry.Version);
        place = (name, text, pairs.Intern([name, text]));
        return place.Draft == drafts.Count || entry.Priority > drafts[place.Draft].Priority;
    }

    /// <summary>What is known of rows is worth something as long as they are numbered by the same table.</summary>
    private void Know(RelationRows table)
    {
        if (table != readRows)
        {
            (readRows, clauseOfRow) = (table, []);
        }

        if (table.Count > clauseOfRow.Length)
        {
            Array.Resize(ref clauseOfRow, table.Count * 2);
        }
    }

    private ListPlace Clauses(ReadOnlySpan<int> entryRows)
    {
        rows.Clear();
        foreach (var entryRow in entryRows)
        {
            ref var clause = ref clauseOfRow[entryRow];
            if (clause == 0)
            {
                clause = Clause(entryRow) + 1;
            }

            rows.Add(clause - 1);
        }

        return drafts.Keep(CollectionsMarshal.AsSpan(rows));
    }

    private int Clause(int entryRow)
    {
        row.Clear();
        for (var i = 0; i < readRows!.Length(entryRow); i++)
        {
            row.Add(relations.Relation(readRows.Alternative(entryRow, i)));
        }

        return relations.Clauses.Intern(CollectionsMarshal.AsSpan(row));
    }

    private ListPlace Provides(ReadOnlySpan<int> entryRows, RelationRows table)
    {
        rows.Clear();
        foreach (var entryRow in entryRows)
        {
            var provided = table.Alternative(entryRow, 0);
            rows.Add(relations.Name(provided.Name));
            rows.Add(relations.Texts.Intern(provided.Version));
        }

        return drafts.Keep(CollectionsMarshal.AsSpan(rows));
    }

    private int Clause(Relation[] alternatives) => relations.Clauses.Intern([.. alternatives.Select(relation =>
        relations.Relation(new RawRelation { Name = Bytes(relation.Name), Kind = relation.Kind, Version = Bytes(relation.Version) }))]);

    private ListPlace Keep(IEnumerable<int> list) => drafts.Keep([.. list]);

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
