namespace Veridian.Core.Packages;

/// <summary>Rows of alternatives as a reader finds them, rows of equal text once. Numbers are those of one table.</summary>
/// <remarks>Names and versions stay where they are in the text of their row.</remarks>
public sealed class RelationRows
{
    private readonly ListTable<byte> _texts = new();
    private readonly List<int> _ends = []; // of each row among the alternatives
    private Place[] _alternatives = new Place[64];
    private int _count;

    /// <summary>How many rows there are; their numbers are below.</summary>
    public int Count => _texts.Count;

    /// <summary>The number of the row with this text. If it is new, its alternatives have to be added now.</summary>
    public int Intern(ReadOnlySpan<byte> text, out bool isNew)
    {
        var row = _texts.Intern(text);
        isNew = row == _ends.Count;
        if (isNew)
        {
            _ends.Add(_count);
        }

        return row;
    }

    /// <summary>The text of a row; valid until the next row.</summary>
    public ReadOnlySpan<byte> Text(int row) => _texts[row];

    /// <summary>How many alternatives a row has: none if it cannot be read.</summary>
    public int Length(int row) => _ends[row] - Start(row);

    /// <summary>An alternative of a row; valid until the next row.</summary>
    public RawRelation Alternative(int row, int at)
    {
        var text = _texts[row];
        ref readonly var place = ref _alternatives[Start(row) + at];
        return new RawRelation
        {
            Name = text.Slice(place.Name, place.NameLength),
            Kind = place.Kind,
            Version = text.Slice(place.Version, place.VersionLength),
        };
    }

    /// <summary>Adds an alternative, whose name and version are parts of the row's <see cref="Text"/>, to the newest row.</summary>
    public void Append(RawRelation relation)
    {
        if (_count == _alternatives.Length)
        {
            Array.Resize(ref _alternatives, _count * 2);
        }

        var text = _texts[_ends.Count - 1];
        text.Overlaps(relation.Name, out var name);
        text.Overlaps(relation.Version, out var version);
        _alternatives[_count++] = new Place(name, relation.Name.Length, relation.Kind, version, relation.Version.Length);
        _ends[^1] = _count;
    }

    /// <summary>Takes the alternatives of the newest row away again.</summary>
    public void Forget() => _ends[^1] = _count = Start(_ends.Count - 1);

    private int Start(int row) => row == 0 ? 0 : _ends[row - 1];

    private readonly struct Place(int name, int nameLength, RelationKind kind, int version, int versionLength)
    {
        public readonly int Name = name;
        public readonly int NameLength = nameLength;
        public readonly RelationKind Kind = kind;
        public readonly int Version = version;
        public readonly int VersionLength = versionLength;
    }
}
