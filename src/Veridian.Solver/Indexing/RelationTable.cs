using Veridian.Core.Packages;

namespace Veridian.Solver.Indexing;

/// <summary>Texts, names, relations and clauses (rows of alternatives), each kept once. Ids are those of arrival.</summary>
internal sealed class RelationTable
{
    private int[] nameOfText = new int[256]; // plus one

    public RelationTable() => Texts.Intern([]);

    /// <summary>UTF-8; id 0 is the empty text.</summary>
    public ListTable<byte> Texts { get; } = new();

    /// <summary>The name that has a text.</summary>
    public int NameOf(int text) => nameOfText[text] - 1;

    /// <summary>By name: its text.</summary>
    public List<int> NameTexts { get; } = [];

    /// <summary>Name, text and kind of each relation.</summary>
    public ListTable<int> Relations { get; } = new();

    /// <summary>Lists of relation ids.</summary>
    public ListTable<int> Clauses { get; } = new();

    public int Name(ReadOnlySpan<byte> utf8)
    {
        var text = Texts.Intern(utf8);
        if (text >= nameOfText.Length)
        {
            Array.Resize(ref nameOfText, Math.Max(text + 1, nameOfText.Length * 2));
        }

        if (nameOfText[text] == 0)
        {
            NameTexts.Add(text);
            nameOfText[text] = NameTexts.Count;
        }

        return nameOfText[text] - 1;
    }

    public int Relation(RawRelation relation) =>
        Relations.Intern([Name(relation.Name), relation.Kind == RelationKind.Any ? 0 : Texts.Intern(relation.Version), (int)relation.Kind]);
}
