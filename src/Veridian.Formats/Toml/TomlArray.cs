namespace Veridian.Formats.Toml;

/// <summary>A list of values: written <c>[1, 2]</c> or made of <c>[[tables]]</c>.</summary>
public sealed class TomlArray : TomlValue
{
    private readonly List<TomlValue> _items = [];

    internal TomlArray(TomlSource source, int offset, bool ofTables)
        : base(source, offset) => OfTables = ofTables;

    /// <inheritdoc/>
    public override TomlKind Kind => TomlKind.Array;

    /// <summary>The elements as written.</summary>
    public IReadOnlyList<TomlValue> Items => _items;

    /// <summary>Whether <c>[[headers]]</c> made it; only such an array can grow later in the text.</summary>
    internal bool OfTables { get; }

    internal void Add(TomlValue item) => _items.Add(item);
}
