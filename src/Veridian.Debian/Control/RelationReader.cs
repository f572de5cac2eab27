using System.Runtime.CompilerServices;
using System.Text;
using Veridian.Core.Packages;

namespace Veridian.Debian.Control;

/// <summary>Reads relation fields. A row that occurs again, as <c>libc6 (&gt;= 2.34)</c> does, is read once.</summary>
/// <remarks>Source: <c>spec/debian-bridge.md</c> DB-12.</remarks>
/// <param name="architecture">The one architecture whose qualifier means nothing here.</param>
internal sealed class RelationReader(string architecture)
{
    private const int Unreadable = -1;
    private readonly ListTable<byte> _texts = new();
    private readonly List<int> _rowOfText = [];
    private readonly List<int> _alternatives = [];

    /// <summary>All rows that were read.</summary>
    internal RelationRows Rows { get; } = new();

    /// <summary>Adds the numbers of the field's rows; an empty row is none, as dpkg has it.</summary>
    /// <returns>False where a row cannot be read.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal bool TryAddRows(ReadOnlySpan<byte> field, List<int> rows)
    {
        while (!field.IsEmpty)
        {
            var comma = field.IndexOf((byte)',');
            var text = PackageText.Trim(comma < 0 ? field : field[..comma]);
            field = comma < 0 ? [] : field[(comma + 1)..];
            if (text.IsEmpty)
            {
                continue;
            }

            var row = RowOf(text);
            if (row == Unreadable)
            {
                return false;
            }

            rows.Add(row);
        }

        return true;
    }

    private int RowOf(ReadOnlySpan<byte> text)
    {
        var known = _texts.Intern(text);
        if (known == _rowOfText.Count)
        {
            _rowOfText.Add(TryReadRow(text) ? Rows.Intern(_alternatives) : Unreadable);
        }

        return _rowOfText[known];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool TryReadRow(ReadOnlySpan<byte> row)
    {
        _alternatives.Clear();
        while (true)
        {
            var bar = row.IndexOf((byte)'|');
            if (!TryReadRelation(PackageText.Trim(bar < 0 ? row : row[..bar]), out var relation))
            {
                return false;
            }

            Rows.Append(relation, _alternatives);
            if (bar < 0)
            {
                return true;
            }

            row = row[(bar + 1)..];
        }
    }

    // NAME[:QUALIFIER] [(OPERATOR VERSION)]. Lists of architectures and build profiles belong to source packages only.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool TryReadRelation(ReadOnlySpan<byte> text, out RawRelation relation)
    {
        relation = default;
        var end = text.IndexOfAny(" \t\n("u8);
        var name = end < 0 ? text : text[..end];
        var rest = end < 0 ? [] : PackageText.Trim(text[end..]);
        if (!TryReadName(name, out var read))
        {
            return false;
        }

        if (rest.IsEmpty)
        {
            relation = new RawRelation { Name = read };
            return true;
        }

        if (rest[0] != '(' || rest[^1] != ')' || !TryReadOperator(ref rest, out var kind) || !IsVersion(rest))
        {
            return false;
        }

        relation = new RawRelation { Name = read, Kind = kind, Version = rest };
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool TryReadName(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> name)
    {
        var colon = text.IndexOf((byte)':');
        var plain = colon < 0 ? text : text[..colon];
        name = text;
        if (colon < 0 && text.EndsWith("]"u8))
        {
            return IsFeature(text);
        }

        if (plain.IsEmpty || plain.IndexOfAnyExcept(PackageText.NameBytes) >= 0 || (colon >= 0 && (colon + 1 == text.Length || text[(colon + 1)..].IndexOfAnyExcept(PackageText.NameBytes) >= 0)))
        {
            return false;
        }

        // A foreign architecture stays part of the name, so that no package is ever taken for it.
        var qualifier = colon < 0 ? [] : text[(colon + 1)..];
        var means = qualifier.IsEmpty || qualifier.SequenceEqual("any"u8) || qualifier.SequenceEqual("native"u8) || Ascii.Equals(qualifier, architecture);
        name = means ? plain : text;
        return true;
    }

    /// <summary>NAME[FEATURE], without a blank: a feature is a name like any other (S-22).</summary>
    private static bool IsFeature(ReadOnlySpan<byte> text)
    {
        var bracket = text.IndexOf((byte)'[');
        return bracket > 0 && bracket + 2 < text.Length
            && text[..bracket].IndexOfAnyExcept(PackageText.NameBytes) < 0 && text[(bracket + 1)..^1].IndexOfAnyExcept(PackageText.NameBytes) < 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool TryReadOperator(ref ReadOnlySpan<byte> parenthesis, out RelationKind kind)
    {
        var inside = PackageText.Trim(parenthesis[1..^1]);
        var length = inside.IndexOfAnyExcept("<=>"u8);
        kind = length switch
        {
            1 => inside[0] switch { (byte)'<' => RelationKind.LessOrEqual, (byte)'=' => RelationKind.Equal, _ => RelationKind.GreaterOrEqual }, // the single signs are the old spelling
            2 when inside[0] == inside[1] => inside[0] switch { (byte)'<' => RelationKind.Less, (byte)'>' => RelationKind.Greater, _ => RelationKind.Any },
            2 when inside[1] == '=' => inside[0] switch { (byte)'<' => RelationKind.LessOrEqual, (byte)'>' => RelationKind.GreaterOrEqual, _ => RelationKind.Any },
            _ => RelationKind.Any,
        };
        parenthesis = length < 1 ? [] : PackageText.Trim(inside[length..]);
        return kind != RelationKind.Any;
    }

    private static bool IsVersion(ReadOnlySpan<byte> text) => !text.IsEmpty && text.IndexOfAnyExcept(PackageText.VersionBytes) < 0;
}
