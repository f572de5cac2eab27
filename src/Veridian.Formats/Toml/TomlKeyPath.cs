using System.Text;

namespace Veridian.Formats.Toml;

/// <summary>The parts of the dotted key read last. Names that repeat, as in lists of packages, are made once.</summary>
internal sealed class TomlKeyPath(TomlCursor cursor)
{
    private const int KnownNames = 64;

    private readonly List<string> _names = [];
    private readonly List<int> _offsets = [];
    private readonly string?[] _known = new string?[KnownNames];

    public int Count => _names.Count;

    public string Last => _names[^1];

    public int LastOffset => _offsets[^1];

    public string this[int index] => _names[index];

    public int Offset(int index) => _offsets[index];

    /// <summary>Reads parts and dots up to the first byte that belongs to neither, blanks before it skipped.</summary>
    public void Read()
    {
        _names.Clear();
        _offsets.Clear();
        while (true)
        {
            cursor.SkipBlanks();
            _offsets.Add(cursor.At);
            _names.Add(ReadPart());
            cursor.SkipBlanks();
            if (cursor.Here != '.')
            {
                return;
            }

            if (_names.Count == TomlDocument.MaxDepth)
            {
                throw cursor.Error($"A key has more than {TomlDocument.MaxDepth} parts.", "Nest less deeply.");
            }

            cursor.At++;
        }
    }

    private string ReadPart()
    {
        if (cursor.Here is (byte)'"' or (byte)'\'')
        {
            return TomlStrings.Read(cursor, multiline: false);
        }

        var start = cursor.At;
        while (IsBare(cursor.Here))
        {
            cursor.At++;
        }

        return cursor.At > start
            ? Name(cursor.From(start))
            : throw (IsMergeMark(cursor)
                ? cursor.Error("This line is a mark of an unfinished merge.", "Choose between the two sides, then delete the lines with marks.")
                : cursor.Error($"Expected a key, found {cursor.Describe()}.", "Write a key of letters, digits, '-' and '_', or put it in quotes."));
    }

    private static bool IsMergeMark(TomlCursor cursor) =>
        cursor.Here is (byte)'<' or (byte)'=' or (byte)'>' or (byte)'|' && Enumerable.Range(1, 6).All(distance => cursor.Ahead(distance) == cursor.Here);

    private string Name(ReadOnlySpan<byte> bare)
    {
        ref var known = ref _known[(bare.Length * 31 + bare[0] + bare[^1]) % KnownNames];
        if (known is null || !Ascii.Equals(bare, known))
        {
            known = Encoding.ASCII.GetString(bare);
        }

        return known;
    }

    private static bool IsBare(byte b) => char.IsAsciiLetterOrDigit((char)b) || b is (byte)'-' or (byte)'_';
}
