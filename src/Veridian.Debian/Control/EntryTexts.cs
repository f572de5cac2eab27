using System.Text;
using Veridian.Core.Packages;

namespace Veridian.Debian.Control;

/// <summary>Makes entries of raw ones; equal texts and equal rows become one object.</summary>
/// <param name="table">The rows of all entries.</param>
internal sealed class EntryTexts(RelationRows table)
{
    private readonly ListTable<byte> _texts = new();
    private readonly List<string> _strings = [];
    private readonly List<Relation[]?> _rows = [];

    internal PackageEntry Entry(RawPackageEntry raw) => new()
    {
        Name = Text(raw.Name),
        Version = Text(raw.Version),
        Scheme = VersionScheme.Deb,
        Architecture = Text(raw.Architecture),
        Essential = raw.Essential,
        Depends = Rows(raw.Depends),
        Recommends = Rows(raw.Recommends),
        Conflicts = Array.ConvertAll(Rows(raw.Conflicts), row => row[0]),
        Replaces = Array.ConvertAll(Rows(raw.Replaces), row => row[0]),
        Provides = Array.ConvertAll(Rows(raw.Provides), row => new ProvidedName(row[0].Name, row[0].Version)),
        DownloadBytes = raw.DownloadBytes,
        InstalledBytes = raw.InstalledBytes,
        Source = raw.Source,
        Offset = raw.Offset,
        Length = raw.Length,
        Priority = raw.Priority,
    };

    private Relation[][] Rows(ReadOnlySpan<int> rows)
    {
        var all = new Relation[rows.Length][];
        for (var i = 0; i < all.Length; i++)
        {
            while (_rows.Count <= rows[i])
            {
                _rows.Add(null);
            }

            all[i] = _rows[rows[i]] ??= Row(rows[i]);
        }

        return all;
    }

    private Relation[] Row(int row)
    {
        var relations = new Relation[table.Length(row)];
        for (var i = 0; i < relations.Length; i++)
        {
            var raw = table.Alternative(row, i);
            relations[i] = new Relation(Text(raw.Name), raw.Kind, Text(raw.Version));
        }

        return relations;
    }

    private string Text(ReadOnlySpan<byte> ascii)
    {
        var number = _texts.Intern(ascii);
        if (number == _strings.Count)
        {
            _strings.Add(Encoding.ASCII.GetString(ascii));
        }

        return _strings[number];
    }
}
