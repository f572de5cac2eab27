using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Veridian.Core.Packages;

/// <summary>Rows of alternatives as a reader finds them, equal ones once; their texts are bytes. Numbers are those of one table.</summary>
public sealed class RelationRows
{
    private const int Parts = 3;
    private readonly ListTable<byte> _texts = new();
    private readonly ListTable<int> _rows = new(); // for each alternative: text of its name, kind, text of its version

    /// <summary>How many rows there are; their numbers are below.</summary>
    public int Count => _rows.Count;

    /// <summary>How many alternatives a row has.</summary>
    public int Length(int row) => _rows[row].Length / Parts;

    /// <summary>An alternative of a row; valid until the next row is made.</summary>
    public RawRelation Alternative(int row, int at)
    {
        var parts = _rows[row].Slice(at * Parts, Parts);
        return new RawRelation { Name = _texts[parts[0]], Kind = (RelationKind)parts[1], Version = _texts[parts[2]] };
    }

    /// <summary>Adds an alternative to a row that is being put together.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Append(RawRelation relation, List<int> row)
    {
        row.Add(_texts.Intern(relation.Name));
        row.Add((int)relation.Kind);
        row.Add(_texts.Intern(relation.Version));
    }

    /// <summary>The number of a row put together by <see cref="Append"/>.</summary>
    public int Intern(List<int> row) => _rows.Intern(CollectionsMarshal.AsSpan(row));
}
