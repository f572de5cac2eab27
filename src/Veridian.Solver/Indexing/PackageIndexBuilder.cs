using System.Runtime.InteropServices;
using Veridian.Core.Packages;

namespace Veridian.Solver.Indexing;

/// <summary>Gathers package entries and writes the binary index that <see cref="PackageIndex"/> reads.</summary>
/// <remarks>
/// Source: <c>store-format/index/README.md</c>. The same entries in the same order give the same bytes. Not thread-safe.
/// Entries are taken apart at once: what is kept of them is a few numbers, so that 100,000 entries cost megabytes, not their texts.
/// </remarks>
public sealed class PackageIndexBuilder
{
    private readonly List<DraftVersion> drafts = [];
    private readonly Dictionary<long, int> byNameAndVersion = [];
    private readonly RelationTable relations = new();
    private readonly Dictionary<Relation[], int> clauseOf = new(ReferenceEqualityComparer.Instance);
    private readonly List<int> row = [];
    private readonly List<int> rows = [];

    /// <summary>Takes one version of one package. Of two with the same name and version the one with the higher priority stays, then the first.</summary>
    public void Add(PackageEntry entry)
    {
        var name = relations.Name(entry.Name);
        var text = relations.Texts.Intern(entry.Version);
        ref var place = ref CollectionsMarshal.GetValueRefOrAddDefault(byNameAndVersion, ((long)name << 32) | (uint)text, out var known);
        if (!known)
        {
            place = drafts.Count;
            drafts.Add(Draft(entry, name, text));
        }
        else if (entry.Priority > drafts[place].Priority)
        {
            drafts[place] = Draft(entry, name, text);
        }
    }

    /// <summary>Writes the whole index from the stream's position on; the stream stays open.</summary>
    /// <exception cref="Veridian.Core.Errors.InvalidInputException">A constraint of an entry cannot be read, or the index exceeds 1 GiB.</exception>
    public void Write(Stream to) => new IndexAssembly(relations, drafts).Write(to);

    private DraftVersion Draft(PackageEntry entry, int name, int text) => new(entry, name, text, relations.Texts.Intern(entry.Architecture))
    {
        Depends = Rows(entry.Depends),
        Recommends = Rows(entry.Recommends),
        Conflicts = Conflicts(entry.Conflicts),
        Provides = Provides(entry.Provides),
    };

    private int[] Rows(IReadOnlyList<Relation[]> entryRows)
    {
        rows.Clear();
        for (var i = 0; i < entryRows.Count; i++)
        {
            // Readers give a row that occurs again as the same array: its texts are looked up once.
            ref var clause = ref CollectionsMarshal.GetValueRefOrAddDefault(clauseOf, entryRows[i], out var known);
            if (!known)
            {
                clause = Clause(entryRows[i]);
            }

            rows.Add(clause);
        }

        return rows.Count == 0 ? [] : [.. rows];
    }

    private int Clause(Relation[] alternatives)
    {
        row.Clear();
        foreach (ref readonly var relation in alternatives.AsSpan())
        {
            row.Add(relations.Relation(relation));
        }

        return relations.Clauses.Intern(CollectionsMarshal.AsSpan(row));
    }

    private int[] Conflicts(IReadOnlyList<Relation> conflicts)
    {
        rows.Clear();
        for (var i = 0; i < conflicts.Count; i++)
        {
            rows.Add(relations.Clauses.Intern([relations.Relation(conflicts[i])]));
        }

        return rows.Count == 0 ? [] : [.. rows];
    }

    private int[] Provides(IReadOnlyList<ProvidedName> provides)
    {
        rows.Clear();
        for (var i = 0; i < provides.Count; i++)
        {
            rows.Add(relations.Name(provides[i].Name));
            rows.Add(relations.Texts.Intern(provides[i].Version));
        }

        return rows.Count == 0 ? [] : [.. rows];
    }
}
