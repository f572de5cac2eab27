using Veridian.Core.Errors;

namespace Veridian.Formats.Toml;

/// <summary>Builds the tree in one pass over the bytes.</summary>
/// <param name="source">Well-formed UTF-8.</param>
/// <param name="layout">Receives every statement in the order of the text; null where nobody edits.</param>
internal sealed class TomlParser(TomlSource source, List<TomlStatement>? layout)
{
    private readonly TomlCursor _cursor = new(source);
    private readonly TomlTable _root = new(source, source.Start, TomlTableOrigin.Header);
    private TomlKeyPath _path = null!;
    private int _sectionNumber;

    public TomlTable Parse()
    {
        _path = new TomlKeyPath(_cursor);
        var section = _root;
        while (true)
        {
            _cursor.SkipBlankLines();
            if (_cursor.AtEnd)
            {
                return _root;
            }

            if (_cursor.Here == '[')
            {
                section = ReadHeader();
                _cursor.EndLine("the header");
            }
            else
            {
                ReadKeyValue(section, depth: 0);
                _cursor.EndLine("the value");
            }
        }
    }

    private TomlTable ReadHeader()
    {
        var start = _cursor.At++;
        var ofArray = _cursor.Here == '[';
        _cursor.At += ofArray ? 1 : 0;
        _path.Read();
        for (var i = 0; i < (ofArray ? 2 : 1); i++)
        {
            if (_cursor.Here != ']')
            {
                throw _cursor.Error($"Expected '{(ofArray ? "]]" : "]")}' behind the header's name, found {_cursor.Describe()}.", "Close the header.");
            }

            _cursor.At++;
        }

        _sectionNumber++;
        var parent = OpenParents();
        var table = ofArray ? OpenElement(parent) : OpenTable(parent);
        layout?.Add(new TomlStatement(table, table, Entry: null, start, _path.LastOffset, ValueStart: start, _cursor.At));
        return table;
    }

    private TomlTable OpenParents()
    {
        var table = _root;
        for (var i = 0; i < _path.Count - 1; i++)
        {
            switch (table.Find(_path[i])?.Value)
            {
                case null:
                    var child = new TomlTable(source, _path.Offset(i), TomlTableOrigin.Implicit);
                    table.Add(new TomlEntry(source, _path.Offset(i), _path[i], child));
                    table = child;
                    break;
                case TomlTable { Origin: not TomlTableOrigin.Inline } known:
                    table = known;
                    break;
                case TomlArray { OfTables: true } array:
                    table = (TomlTable)array.Items[^1];
                    break;
                default:
                    throw Taken(table, i);
            }
        }

        return table;
    }

    private TomlTable OpenTable(TomlTable parent)
    {
        switch (parent.Find(_path.Last)?.Value)
        {
            case null:
                var table = new TomlTable(source, _path.LastOffset, TomlTableOrigin.Header);
                parent.Add(new TomlEntry(source, _path.LastOffset, _path.Last, table));
                return table;
            case TomlTable { Origin: TomlTableOrigin.Implicit } known:
                known.Origin = TomlTableOrigin.Header;
                return known;
            default:
                throw Taken(parent, _path.Count - 1);
        }
    }

    private TomlTable OpenElement(TomlTable parent)
    {
        var element = new TomlTable(source, _path.LastOffset, TomlTableOrigin.Header);
        switch (parent.Find(_path.Last)?.Value)
        {
            case null:
                var made = new TomlArray(source, _path.LastOffset, ofTables: true);
                made.Add(element);
                parent.Add(new TomlEntry(source, _path.LastOffset, _path.Last, made));
                return element;
            case TomlArray { OfTables: true } array:
                array.Add(element);
                return element;
            default:
                throw Taken(parent, _path.Count - 1);
        }
    }

    private void ReadKeyValue(TomlTable section, int depth)
    {
        var start = _cursor.At;
        _path.Read();
        if (_cursor.Here != '=')
        {
            throw _cursor.Error($"Expected '=' behind the key '{_path.Last}', found {_cursor.Describe()}.", "Write key = value.");
        }

        _cursor.At++;
        _cursor.SkipBlanks();
        var owner = OpenDotted(section);
        if (owner.Find(_path.Last) is not null)
        {
            throw Taken(owner, _path.Count - 1);
        }

        // The value may hold inline tables, which read their own keys over this path.
        var (key, keyOffset, valueStart) = (_path.Last, _path.LastOffset, _cursor.At);
        var entry = new TomlEntry(source, keyOffset, key, ReadValue(depth));
        owner.Add(entry);
        layout?.Add(new TomlStatement(section, owner, entry, start, keyOffset, valueStart, _cursor.At));
    }

    private TomlTable OpenDotted(TomlTable table)
    {
        for (var i = 0; i < _path.Count - 1; i++)
        {
            switch (table.Find(_path[i])?.Value)
            {
                case null:
                    var child = new TomlTable(source, _path.Offset(i), TomlTableOrigin.Dotted, _sectionNumber);
                    table.Add(new TomlEntry(source, _path.Offset(i), _path[i], child));
                    table = child;
                    break;
                case TomlTable { Origin: TomlTableOrigin.Dotted } known when known.Section == _sectionNumber:
                    table = known;
                    break;
                case TomlTable { Origin: TomlTableOrigin.Implicit } known:
                    (known.Origin, known.Section) = (TomlTableOrigin.Dotted, _sectionNumber);
                    table = known;
                    break;
                default:
                    throw Taken(table, i);
            }
        }

        return table;
    }

    private TomlValue ReadValue(int depth)
    {
        if (depth == TomlDocument.MaxDepth)
        {
            throw _cursor.Error($"Arrays and inline tables are nested more than {TomlDocument.MaxDepth} deep.", "Nest less deeply.");
        }

        var start = _cursor.At;
        switch (_cursor.Here)
        {
            case (byte)'"' or (byte)'\'':
                return new TomlString(source, start, TomlStrings.Read(_cursor, multiline: true));
            case (byte)'[':
                return ReadArray(depth);
            case (byte)'{':
                return ReadInlineTable(depth);
            default:
                return TomlDates.StartsHere(_cursor) ? TomlDates.Read(_cursor) : ReadWord(start);
        }
    }

    private TomlValue ReadWord(int start)
    {
        while (char.IsAsciiLetterOrDigit((char)_cursor.Here) || _cursor.Here is (byte)'+' or (byte)'-' or (byte)'_' or (byte)'.')
        {
            _cursor.At++;
        }

        var word = _cursor.From(start);
        if (word.IsEmpty)
        {
            throw _cursor.Error($"Expected a value, found {_cursor.Describe()}.", "Write a value; text stands in quotes.");
        }

        return word.SequenceEqual("true"u8) ? new TomlBoolean(source, start, true)
            : word.SequenceEqual("false"u8) ? new TomlBoolean(source, start, false)
            : TomlNumbers.Read(_cursor, start);
    }

    private TomlArray ReadArray(int depth)
    {
        var array = new TomlArray(source, _cursor.At++, ofTables: false);
        while (true)
        {
            _cursor.SkipBlankLines();
            if (_cursor.Here == ']')
            {
                break;
            }

            array.Add(ReadValue(depth + 1));
            _cursor.SkipBlankLines();
            if (_cursor.Here == ']')
            {
                break;
            }

            if (_cursor.Here != ',')
            {
                throw _cursor.Error($"Expected ',' or ']' behind an element, found {_cursor.Describe()}.",
                    $"Separate elements with commas and close the array that begins at {array.Span}.");
            }

            _cursor.At++;
        }

        _cursor.At++;
        return array;
    }

    private TomlTable ReadInlineTable(int depth)
    {
        var table = new TomlTable(source, _cursor.At++, TomlTableOrigin.Inline);
        _cursor.SkipBlanks();
        while (_cursor.Here != '}' || table.Entries.Count > 0)
        {
            ReadKeyValue(table, depth + 1);
            _cursor.SkipBlanks();
            if (_cursor.Here == '}')
            {
                break;
            }

            if (_cursor.Here != ',')
            {
                throw _cursor.Error($"Expected ',' or '}}' behind an entry, found {_cursor.Describe()}.",
                    $"Keep the table that begins at {table.Span} on one line, with commas between entries and none behind the last.");
            }

            _cursor.At++;
            _cursor.SkipBlanks();
        }

        _cursor.At++;
        return table;
    }

    private InvalidInputException Taken(TomlTable table, int part) =>
        source.Error(_path.Offset(part), $"'{_path[part]}' is already defined at {table.Find(_path[part])!.KeySpan}.",
            "Remove one of the two, or write both keys below one header.");
}
