using System.Runtime.InteropServices;
using Veridian.Core.Packages;

namespace Veridian.Solver.Indexing;

/// <summary>Names, relations and clauses (rows of alternatives), each kept once. Ids are those of arrival.</summary>
internal sealed class RelationTable
{
    private readonly Dictionary<int, int> nameOfText = [];
    private readonly Dictionary<long, int> ids = [];
    private readonly List<(int Name, int Text, RelationKind Kind)> list = [];
    private readonly List<int> nameTexts = [];

    public TextTable Texts { get; } = new();

    /// <summary>Lists of relation ids.</summary>
    public ListInterner Clauses { get; } = new();

    public int NameCount => nameTexts.Count;

    public int Count => list.Count;

    public (int Name, int Text, RelationKind Kind) this[int relation] => list[relation];

    public int TextOfName(int name) => nameTexts[name];

    public int Name(string text)
    {
        ref var id = ref CollectionsMarshal.GetValueRefOrAddDefault(nameOfText, Texts.Intern(text), out var known);
        if (!known)
        {
            id = nameTexts.Count;
            nameTexts.Add(Texts.Intern(text));
        }

        return id;
    }

    public int Relation(in Relation relation)
    {
        var key = (Name(relation.Name), relation.Kind == RelationKind.Any ? 0 : Texts.Intern(relation.Version), relation.Kind);
        // 1 GiB of index is the limit, so 29 bits hold any name's id.
        var packed = ((long)key.Item1 << 35) | ((long)key.Item2 << 3) | (long)relation.Kind;
        ref var id = ref CollectionsMarshal.GetValueRefOrAddDefault(ids, packed, out var known);
        if (!known)
        {
            id = list.Count;
            list.Add(key);
        }

        return id;
    }
}
