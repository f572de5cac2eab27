using System.Text;
using Veridian.Core.Packages;

namespace Veridian.Debian.Control;

/// <summary>Reads relation fields. A row that occurs again, as <c>libc6 (&gt;= 2.34)</c> does, is read once.</summary>
/// <remarks>Source: <c>spec/debian-bridge.md</c> DB-12.</remarks>
/// <param name="architecture">The one architecture whose qualifier means nothing here.</param>
/// <param name="pool">Shares names and versions.</param>
internal sealed class RelationReader(string architecture, TextPool pool)
{
    private readonly SpanTable<Row> _rows = new();
    private readonly List<Relation> _alternatives = [];

    /// <summary>Adds the field's rows; an empty row is none, as dpkg has it.</summary>
    /// <returns>False where a row cannot be read.</returns>
    internal bool TryAddRows(ReadOnlySpan<byte> field, List<Relation[]> rows)
    {
        while (!field.IsEmpty)
        {
            var comma = field.IndexOf((byte)',');
            var row = TrimSpace(comma < 0 ? field : field[..comma]);
            field = comma < 0 ? [] : field[(comma + 1)..];
            if (row.IsEmpty)
            {
                continue;
            }

            if (Find(row).Alternatives is not { } alternatives)
            {
                return false;
            }

            rows.Add(alternatives);
        }

        return true;
    }

    private Row Find(ReadOnlySpan<byte> text)
    {
        ref var row = ref _rows.Find(text, static (row, bytes) => bytes.SequenceEqual(row.Text), out var isNew);
        return isNew ? row = new Row(text.ToArray(), TryReadRow(text) ? [.. _alternatives] : null) : row!;
    }

    private bool TryReadRow(ReadOnlySpan<byte> row)
    {
        _alternatives.Clear();
        while (true)
        {
            var bar = row.IndexOf((byte)'|');
            if (!TryReadRelation(TrimSpace(bar < 0 ? row : row[..bar]), out var relation))
            {
                return false;
            }

            _alternatives.Add(relation);
            if (bar < 0)
            {
                return true;
            }

            row = row[(bar + 1)..];
        }
    }

    // NAME[:QUALIFIER] [(OPERATOR VERSION)]. Lists of architectures and build profiles belong to source packages only.
    private bool TryReadRelation(ReadOnlySpan<byte> text, out Relation relation)
    {
        relation = default;
        var end = text.IndexOfAny(" \t\n("u8);
        var name = end < 0 ? text : text[..end];
        var rest = end < 0 ? [] : TrimSpace(text[end..]);
        if (!TryReadName(name, out var read))
        {
            return false;
        }

        if (rest.IsEmpty)
        {
            relation = new Relation(read, RelationKind.Any, "");
            return true;
        }

        if (rest[0] != '(' || rest[^1] != ')' || !TryReadOperator(ref rest, out var kind) || !IsVersion(rest))
        {
            return false;
        }

        relation = new Relation(read, kind, pool.Get(rest));
        return true;
    }

    private bool TryReadName(ReadOnlySpan<byte> text, out string name)
    {
        var colon = text.IndexOf((byte)':');
        var plain = colon < 0 ? text : text[..colon];
        name = "";
        if (colon < 0 && text.EndsWith("]"u8))
        {
            return TryReadFeature(text, out name);
        }

        if (plain.IsEmpty || plain.IndexOfAnyExcept(PackageText.NameBytes) >= 0 || (colon >= 0 && (colon + 1 == text.Length || text[(colon + 1)..].IndexOfAnyExcept(PackageText.NameBytes) >= 0)))
        {
            return false;
        }

        // A foreign architecture stays part of the name, so that no package is ever taken for it.
        var qualifier = colon < 0 ? [] : text[(colon + 1)..];
        var means = qualifier.IsEmpty || qualifier.SequenceEqual("any"u8) || qualifier.SequenceEqual("native"u8) || Ascii.Equals(qualifier, architecture);
        name = pool.Get(means ? plain : text);
        return true;
    }

    /// <summary>NAME[FEATURE], without a blank: a feature is a name like any other (S-22).</summary>
    private bool TryReadFeature(ReadOnlySpan<byte> text, out string name)
    {
        var bracket = text.IndexOf((byte)'[');
        var isOne = bracket > 0 && bracket + 2 < text.Length
            && text[..bracket].IndexOfAnyExcept(PackageText.NameBytes) < 0 && text[(bracket + 1)..^1].IndexOfAnyExcept(PackageText.NameBytes) < 0;
        name = isOne ? pool.Get(text) : "";
        return isOne;
    }

    private static bool TryReadOperator(ref ReadOnlySpan<byte> parenthesis, out RelationKind kind)
    {
        var inside = TrimSpace(parenthesis[1..^1]);
        var length = inside.IndexOfAnyExcept("<=>"u8);
        kind = (length < 1 ? "" : Encoding.ASCII.GetString(inside[..length])) switch
        {
            "<<" => RelationKind.Less,
            "<=" or "<" => RelationKind.LessOrEqual, // the single signs are the old spelling
            "=" => RelationKind.Equal,
            ">=" or ">" => RelationKind.GreaterOrEqual,
            ">>" => RelationKind.Greater,
            _ => RelationKind.Any,
        };
        parenthesis = length < 1 ? [] : TrimSpace(inside[length..]);
        return kind != RelationKind.Any;
    }

    private static bool IsVersion(ReadOnlySpan<byte> text) => !text.IsEmpty && text.IndexOfAnyExcept(PackageText.VersionBytes) < 0;

    private static ReadOnlySpan<byte> TrimSpace(ReadOnlySpan<byte> text) => text.Trim(" \t\n"u8);

    private sealed record Row(byte[] Text, Relation[]? Alternatives);
}
