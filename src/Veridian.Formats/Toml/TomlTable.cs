using Veridian.Core.Errors;

namespace Veridian.Formats.Toml;

/// <summary>Keys and values in the order of their first mention.</summary>
public sealed class TomlTable : TomlValue
{
    private const int LinearLimit = 20;

    private readonly List<TomlEntry> _entries = [];
    private Dictionary<string, TomlEntry>? _byKey;

    internal TomlTable(TomlSource source, int offset, TomlTableOrigin origin, int section = 0)
        : base(source, offset) => (Origin, Section) = (origin, section);

    /// <inheritdoc/>
    public override TomlKind Kind => TomlKind.Table;

    /// <summary>The entries in the order of their first mention.</summary>
    public IReadOnlyList<TomlEntry> Entries => _entries;

    /// <summary>What brought the table into being; decides what may still be added to it.</summary>
    internal TomlTableOrigin Origin { get; set; }

    /// <summary>The number of the header below which dotted keys made the table.</summary>
    internal int Section { get; set; }

    /// <summary>The value of a key, or null.</summary>
    public TomlValue? this[string key] => Find(key)?.Value;

    /// <summary>The entry of a key, or null. Keys are compared by ordinal.</summary>
    public TomlEntry? Find(string key)
    {
        if (_byKey is not null)
        {
            return _byKey.GetValueOrDefault(key);
        }

        foreach (var entry in _entries)
        {
            if (string.Equals(entry.Key, key, StringComparison.Ordinal))
            {
                return entry;
            }
        }

        return null;
    }

    internal void Add(TomlEntry entry)
    {
        _entries.Add(entry);
        if (_byKey is null && _entries.Count > LinearLimit)
        {
            _byKey = new Dictionary<string, TomlEntry>(StringComparer.Ordinal);
            foreach (var known in _entries)
            {
                _byKey.Add(known.Key, known);
            }
        }
        else
        {
            _byKey?.Add(entry.Key, entry);
        }
    }
}

/// <summary>One key of a table with its value.</summary>
public sealed class TomlEntry
{
    private readonly TomlSource _source;

    internal TomlEntry(TomlSource source, int keyOffset, string key, TomlValue value) =>
        (_source, KeyOffset, Key, Value) = (source, keyOffset, key, value);

    /// <summary>The key, quotes and escapes resolved.</summary>
    public string Key { get; }

    /// <summary>The value.</summary>
    public TomlValue Value { get; }

    /// <summary>Where the key is first mentioned.</summary>
    public SourceSpan KeySpan => _source.SpanAt(KeyOffset);

    internal int KeyOffset { get; }
}

/// <summary>What brought a table into being.</summary>
internal enum TomlTableOrigin
{
    /// <summary>A longer header passed through it: a header of its own may follow.</summary>
    Implicit,

    /// <summary>A <c>[header]</c>, an element of <c>[[header]]</c>, or the document itself.</summary>
    Header,

    /// <summary>A dotted key: only dotted keys below the same header may add to it.</summary>
    Dotted,

    /// <summary>Written in braces: complete.</summary>
    Inline,
}
