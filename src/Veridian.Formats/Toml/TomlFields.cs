using Veridian.Core.Errors;
using Veridian.Core.Text;

namespace Veridian.Formats.Toml;

/// <summary>The keys of one table, taken by name and type. Every wrong one is an error at its place.</summary>
/// <param name="table">The table.</param>
/// <param name="name">How the table is called in messages, such as <c>[profile]</c>.</param>
/// <param name="unknownKey">The error of a key that is not known.</param>
/// <param name="wrongValue">The error of a value that is missing, of another type or out of range.</param>
internal readonly struct TomlFields(TomlTable table, string name, ErrorCode unknownKey, ErrorCode wrongValue)
{
    public TomlTable Table => table;

    public void RefuseAllBut(IReadOnlyList<string> known)
    {
        foreach (var entry in table.Entries)
        {
            if (!known.Contains(entry.Key))
            {
                throw new InvalidInputException(unknownKey, $"Key '{entry.Key}' is not known in {name}.",
                    DidYouMean.Nearest(entry.Key, known) is { } near ? $"Write '{near}'." : $"Remove it; known keys are {string.Join(", ", known)}.",
                    entry.KeySpan);
            }
        }
    }

    public string? Text(string key) => table[key] switch
    {
        null => null,
        TomlString text => OneLine(text, key),
        var other => throw WrongType(other, key, "text in quotes"),
    };

    public string RequiredText(string key) => Text(key) ?? throw Missing(key);

    public bool? Boolean(string key) => table[key] switch
    {
        null => null,
        TomlBoolean value => value.Value,
        var other => throw WrongType(other, key, "true or false"),
    };

    public long? Integer(string key, long min, long max) => table[key] switch
    {
        null => null,
        TomlInteger value when value.Value >= min && value.Value <= max => value.Value,
        var other => throw WrongType(other, key, $"a whole number from {min} to {max}"),
    };

    public string[]? Texts(string key)
    {
        if (table[key] is not { } value)
        {
            return null;
        }

        if (value is not TomlArray array)
        {
            throw WrongType(value, key, "a list of texts in brackets");
        }

        var texts = new string[array.Items.Count];
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = array.Items[i] is TomlString text ? OneLine(text, key) : throw WrongType(array.Items[i], key, "a list of texts in brackets");
        }

        return texts;
    }

    public TomlTable? SubTable(string key) => table[key] switch
    {
        null => null,
        TomlTable value => value,
        var other => throw WrongType(other, key, "a table"),
    };

    /// <summary>The tables of an array; empty where the key is absent.</summary>
    public IReadOnlyList<TomlValue> SubTables(string key)
    {
        if (table[key] is not { } value)
        {
            return [];
        }

        if (value is not TomlArray array)
        {
            throw WrongType(value, key, "a list of tables");
        }

        foreach (var item in array.Items)
        {
            if (item is not TomlTable)
            {
                throw WrongType(item, key, "a list of tables");
            }
        }

        return array.Items;
    }

    public InvalidInputException Missing(string key) =>
        new(wrongValue, $"Key '{key}' is missing in {name}.", $"Add {key} = ....", table.Span);

    public InvalidInputException WrongType(TomlValue value, string key, string wanted) =>
        Wrong(value.Span, $"Key '{key}' in {name} must be {wanted}.", $"Give '{key}' {wanted}.");

    public InvalidInputException Wrong(SourceSpan place, string message, string hint) => new(wrongValue, message, hint, place);

    /// <summary>The text without control characters, which would forge lines in output, locks and canonical texts.</summary>
    private string OneLine(TomlString text, string key)
    {
        foreach (var c in text.Value)
        {
            if (char.IsControl(c))
            {
                throw Wrong(text.Span, $"Key '{key}' in {name} holds the control character U+{(int)c:X4}.", "Remove the control character.");
            }
        }

        return text.Value;
    }
}
