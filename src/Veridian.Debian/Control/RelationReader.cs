using System.Text;
using Veridian.Core.Packages;

namespace Veridian.Debian.Control;

/// <summary>Reads relation fields. A row that occurs again, as <c>libc6 (&gt;= 2.34)</c> does, is read once.</summary>
/// <remarks>Source: <c>spec/debian-bridge.md</c> DB-12.</remarks>
/// <param name="architecture">The one architecture whose qualifier means nothing here.</param>
internal sealed class RelationReader(string architecture)
{
    /// <summary>All rows that were read.</summary>
    internal RelationRows Rows { get; } = new();

    /// <summary>Adds the numbers of the field's rows; an empty row is none, as dpkg has it.</summary>
    /// <returns>False where a row cannot be read.</returns>
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

            var row = Rows.Intern(text, out var isNew);
            if (isNew && !TryReadRow(Rows.Text(row)))
            {
                Rows.Forget();
            }

            if (Rows.Length(row) == 0)
            {
                return false;
            }

            rows.Add(row);
        }

        return true;
    }

    private bool TryReadRow(ReadOnlySpan<byte> row)
    {
        while (true)
        {
            var bar = row.IndexOf((byte)'|');
            if (!TryReadRelation(PackageText.Trim(bar < 0 ? row : row[..bar]), out var relation))
            {
                return false;
            }

            Rows.Append(relation);
            if (bar < 0)
            {
                return true;
            }

            row = row[(bar + 1)..];
        }
    }

    // NAME[:QUALIFIER] [(OPERATOR VERSION)]. Lists of architectures and build profiles belong to source packages only.
    private bool TryReadRelation(ReadOnlySpan<byte> text, out RawRelation relation)
    {
        relation = default;
        var end = 0;
        while (end < text.Length && text[end] is not ((byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'('))
        {
            end++;
        }

        var rest = PackageText.Trim(text[end..]);
        if (!TryReadName(text[..end], out var read))
        {
            return false;
        }

        if (rest.IsEmpty)
        {
            relation = new RawRelation { Name = read };
            return true;
        }

        if (rest[0] != '(' || rest[^1] != ')' || !TryReadOperator(ref rest, out var kind) || !PackageText.IsVersion(rest))
        {
            return false;
        }

        relation = new RawRelation { Name = read, Kind = kind, Version = rest };
        return true;
    }

    private bool TryReadName(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> name)
    {
        var colon = text.IndexOf((byte)':');
        var plain = colon < 0 ? text : text[..colon];
        name = text;
        if (colon < 0 && text.EndsWith("]"u8))
        {
            return IsFeature(text);
        }

        if (!PackageText.IsName(plain) || (colon >= 0 && !PackageText.IsName(text[(colon + 1)..])))
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
        return bracket > 0 && PackageText.IsName(text[..bracket]) && PackageText.IsName(text[(bracket + 1)..^1]);
    }

    private static bool TryReadOperator(ref ReadOnlySpan<byte> parenthesis, out RelationKind kind)
    {
        var inside = PackageText.Trim(parenthesis[1..^1]);
        var length = 0;
        while (length < inside.Length && inside[length] is (byte)'<' or (byte)'=' or (byte)'>')
        {
            length++;
        }

        kind = length switch
        {
            1 => inside[0] switch { (byte)'<' => RelationKind.LessOrEqual, (byte)'=' => RelationKind.Equal, _ => RelationKind.GreaterOrEqual }, // the single signs are the old spelling
            2 when inside[0] == inside[1] => inside[0] switch { (byte)'<' => RelationKind.Less, (byte)'>' => RelationKind.Greater, _ => RelationKind.Any },
            2 when inside[1] == '=' => inside[0] switch { (byte)'<' => RelationKind.LessOrEqual, (byte)'>' => RelationKind.GreaterOrEqual, _ => RelationKind.Any },
            _ => RelationKind.Any,
        };
        parenthesis = PackageText.Trim(inside[length..]);
        return kind != RelationKind.Any;
    }
}
