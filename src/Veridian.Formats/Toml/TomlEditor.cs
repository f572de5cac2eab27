using System.Text;
using Veridian.Core.Errors;

namespace Veridian.Formats.Toml;

/// <summary>Edits single keys of a TOML text and leaves everything else as it was written: comments, order, blanks, line ends.</summary>
/// <remarks>Source: <c>spec/toml.md</c> TO-5 to TO-9. The text is read again after every edit, so that an edit can never leave a broken file.</remarks>
public sealed class TomlEditor
{
    private readonly string _fileName;
    private readonly List<TomlStatement> _layout = [];
    private TomlSource _source = null!;

    /// <summary>Opens a text.</summary>
    /// <exception cref="InvalidInputException"><see cref="ErrorCodes.TomlSyntax"/>: it cannot be read.</exception>
    public TomlEditor(ReadOnlySpan<byte> utf8, string fileName)
    {
        _fileName = fileName;
        Root = Read(utf8);
    }

    /// <summary>The text as it reads now.</summary>
    public TomlTable Root { get; private set; }

    /// <summary>The text as it stands now.</summary>
    public byte[] ToUtf8() => _source.Text.AsSpan(0, _source.End).ToArray();

    /// <summary>Gives a key a value: replaces the value in place, else adds a line, else adds the table (TO-6).</summary>
    /// <param name="table">The table's path from the root; empty for the root.</param>
    /// <param name="key">The key in it.</param>
    /// <param name="value">The new value.</param>
    /// <exception cref="InvalidInputException"><see cref="ErrorCodes.TomlSyntax"/>: something on the path is no table.</exception>
    public void Set(IReadOnlyList<string> table, string key, TomlLiteral value)
    {
        var (target, depth) = Walk(table);
        if (depth < table.Count)
        {
            AddTable(target, table, depth, key, value);
        }
        else if (target.Find(key) is not { } entry)
        {
            AddTo(target, table, key, value);
        }
        else if (StatementOf(entry) is { } statement)
        {
            Replace(statement.ValueStart, statement.End, value.Text);
        }
        else
        {
            _ = Remove(table, key);
            Set(table, key, value);
        }
    }

    /// <summary>Removes a key, however it was written: a line, an entry between braces, dotted keys or headers (TO-7). The table around it stays.</summary>
    /// <returns>False when there is no such key.</returns>
    /// <exception cref="InvalidInputException"><see cref="ErrorCodes.TomlSyntax"/>: something on the path is no table.</exception>
    public bool Remove(IReadOnlyList<string> table, string key)
    {
        var removed = false;
        while (Walk(table) is var (target, depth) && depth == table.Count && target.Find(key) is { } entry)
        {
            var statement = StatementOf(entry) ?? LastStatementWithin(entry.Value);
            if (statement.Entry != entry && IsWithin(entry.Value, statement.Section))
            {
                RemoveSection(statement.Section);
            }
            else if (statement.Section.Origin == TomlTableOrigin.Inline)
            {
                RemoveInline(statement);
            }
            else
            {
                RemoveLines(statement.KeyStart, statement.End);
            }

            removed = true;
        }

        return removed;
    }

    private (TomlTable Table, int Depth) Walk(IReadOnlyList<string> path)
    {
        var table = Root;
        for (var depth = 0; depth < path.Count; depth++)
        {
            switch (table.Find(path[depth]))
            {
                case null:
                    return (table, depth);
                case { Value: TomlTable next }:
                    table = next;
                    break;
                case var entry:
                    throw new InvalidInputException(ErrorCodes.TomlSyntax,
                        $"'{entry.Key}' is not a table, so no key can be changed in it.", $"Make '{entry.Key}' a table.", entry.KeySpan);
            }
        }

        return (table, path.Count);
    }

    private void AddTable(TomlTable parent, IReadOnlyList<string> path, int depth, string key, TomlLiteral value)
    {
        if (IsInBraces(parent))
        {
            var nested = value;
            for (var i = path.Count - 1; i > depth; i--)
            {
                (nested, key) = (TomlLiteral.Table([(key, nested)]), path[i]);
            }

            AddTo(parent, [.. path.Take(depth)], path[depth], TomlLiteral.Table([(key, nested)]));
            return;
        }

        var text = new StringBuilder();
        var hasFinalLine = _source.End == _source.Start || _source.Text[_source.End - 1] == '\n';
        if (_source.End > _source.Start)
        {
            text.Append(hasFinalLine ? "" : NewLine).Append(NewLine);
        }

        text.Append('[').AppendJoin('.', path.Select(TomlLiteral.Key)).Append(']').Append(NewLine);
        text.Append(TomlLiteral.Key(key)).Append(" = ").Append(value.Text).Append(hasFinalLine ? NewLine : "");
        Replace(_source.End, _source.End, text.ToString());
    }

    private void AddTo(TomlTable table, IReadOnlyList<string> path, string key, TomlLiteral value)
    {
        var line = $"{TomlLiteral.Key(key)} = {value.Text}";
        var last = _layout.FindLast(s => s.Section == table && s.Entry is not null);
        if (table.Origin == TomlTableOrigin.Inline)
        {
            var at = last?.End ?? BehindBrace(table);
            Replace(at, at, last is null ? line : ", " + line);
        }
        else if (table.Origin == TomlTableOrigin.Dotted)
        {
            last = LastStatementWithin(table, outside: true);
            line = string.Join('.', RelativePath(last.Section, table)!.Select(TomlLiteral.Key)) + "." + line;
            AddBehind(last, last.Section.Origin == TomlTableOrigin.Inline ? ", " + line : null, line);
        }
        else if (table == Root && last is null)
        {
            Replace(_source.Start, _source.Start, line + NewLine);
        }
        else if ((last ?? _layout.Find(s => s.Entry is null && s.Owner == table)) is { } behind)
        {
            AddBehind(behind, inBraces: null, line);
        }
        else
        {
            AddTable(table, path, path.Count, key, value);
        }
    }

    private int BehindBrace(TomlTable table)
    {
        var at = table.Offset + 1;
        return _source.Text[at] == ' ' && _source.Text[at + 1] == ' ' ? at + 1 : at;
    }

    private void AddBehind(TomlStatement statement, string? inBraces, string line)
    {
        if (inBraces is not null)
        {
            Replace(statement.End, statement.End, inBraces);
            return;
        }

        var lineStart = LineStart(statement.KeyStart);
        var indent = _source.Decode(lineStart, statement.KeyStart);
        var at = LineEnd(statement.End);
        var endsWithNewline = _source.Text[at - 1] == '\n';
        Replace(at, at, endsWithNewline ? indent + line + NewLine : NewLine + indent + line);
    }

    private void RemoveInline(TomlStatement statement)
    {
        var siblings = _layout.FindAll(s => s.Section == statement.Section);
        siblings.Sort((a, b) => a.KeyStart.CompareTo(b.KeyStart));
        var index = siblings.IndexOf(statement);
        var start = index == 0 ? statement.KeyStart : siblings[index - 1].End;
        var end = index == 0 && siblings.Count > 1 ? siblings[1].KeyStart : statement.End;
        Replace(start, end, "");
    }

    private void RemoveSection(TomlTable section)
    {
        var header = _layout.Find(s => s.Entry is null && s.Owner == section)!;
        var last = _layout.FindLast(s => s.Section == section)!;
        RemoveLines(header.KeyStart, last.End, withBlankLine: true);
    }

    private void RemoveLines(int start, int end, bool withBlankLine = false)
    {
        (start, end) = (LineStart(start), LineEnd(end));
        var atEnd = end == _source.End;
        if (atEnd && _source.Text[end - 1] != '\n')
        {
            start = PreviousLineEnd(start);
        }
        else if (withBlankLine && (atEnd || IsBlankLine(end)) && start > _source.Start && IsBlankLine(LineStart(start - 1)))
        {
            start = LineStart(start - 1);
        }

        Replace(start, end, "");
    }

    private TomlStatement? StatementOf(TomlEntry entry) => _layout.Find(s => s.Entry == entry);

    /// <summary>The last statement that adds to a value made by headers or dotted keys.</summary>
    private TomlStatement LastStatementWithin(TomlValue value, bool outside = false) => _layout.FindLast(s =>
        IsWithin(value, s.Owner) && (!IsWithin(value, s.Section) || !outside && s.Section.Origin == TomlTableOrigin.Header))!;

    private static bool IsWithin(TomlValue value, TomlTable table) => value switch
    {
        TomlTable candidate => candidate == table || candidate.Entries.Any(entry => IsWithin(entry.Value, table)),
        TomlArray array => array.Items.Any(item => IsWithin(item, table)),
        _ => false,
    };

    private bool IsInBraces(TomlTable table) =>
        table.Origin == TomlTableOrigin.Inline
        || table.Origin == TomlTableOrigin.Dotted && LastStatementWithin(table, outside: true).Section.Origin == TomlTableOrigin.Inline;

    private static IEnumerable<string>? RelativePath(TomlTable from, TomlTable to)
    {
        foreach (var entry in from.Entries)
        {
            if (entry.Value == to)
            {
                return [entry.Key];
            }

            if (entry.Value is TomlTable { Origin: TomlTableOrigin.Dotted } next && RelativePath(next, to) is { } rest)
            {
                return rest.Prepend(entry.Key);
            }
        }

        return null;
    }

    private string NewLine => Array.IndexOf(_source.Text, (byte)'\n') is > 0 and var at && _source.Text[at - 1] == '\r' ? "\r\n" : "\n";

    private int LineStart(int at)
    {
        while (at > _source.Start && _source.Text[at - 1] != '\n')
        {
            at--;
        }

        return at;
    }

    private int LineEnd(int at)
    {
        while (at < _source.End && _source.Text[at] != '\n')
        {
            at++;
        }

        return Math.Min(at + 1, _source.End);
    }

    private int PreviousLineEnd(int lineStart)
    {
        var at = lineStart > _source.Start ? lineStart - 1 : lineStart;
        return at > _source.Start && at < lineStart && _source.Text[at - 1] == '\r' ? at - 1 : at;
    }

    private bool IsBlankLine(int at)
    {
        while (_source.Text[at] is (byte)' ' or (byte)'\t' or (byte)'\r')
        {
            at++;
        }

        return _source.Text[at] == '\n';
    }

    private void Replace(int start, int end, string text)
    {
        var old = _source.Text.AsSpan(0, _source.End);
        Root = Read([.. old[..start], .. Encoding.UTF8.GetBytes(text), .. old[end..]]);
    }

    private TomlTable Read(ReadOnlySpan<byte> utf8)
    {
        var source = TomlDocument.Open(utf8, _fileName);
        _layout.Clear();
        var root = new TomlParser(source, _layout).Parse();
        _source = source;
        return root;
    }
}
