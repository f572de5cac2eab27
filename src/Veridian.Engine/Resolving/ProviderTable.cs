using Veridian.Core.Packages;

namespace Veridian.Engine.Resolving;

/// <summary>Which selected packages satisfy which relations: real names and the names they provide.</summary>
internal sealed class ProviderTable
{
    private readonly IReadOnlyDictionary<string, PackageEntry> _selected;
    private readonly Dictionary<string, List<(string Package, string Version)>> _provided = new(StringComparer.Ordinal);

    public ProviderTable(IReadOnlyDictionary<string, PackageEntry> selected)
    {
        _selected = selected;
        foreach (var entry in selected.Values)
        {
            foreach (var provided in entry.Provides)
            {
                if (!_provided.TryGetValue(provided.Name, out var list))
                {
                    _provided[provided.Name] = list = [];
                }

                list.Add((entry.Name, provided.Version));
            }
        }

        foreach (var list in _provided.Values)
        {
            list.Sort((left, right) => string.CompareOrdinal(left.Package, right.Package));
        }
    }

    /// <summary>The selected packages that a name asks for: the one that is called so, else all that provide it.</summary>
    public IEnumerable<string> AskedForBy(string name) =>
        _selected.ContainsKey(name) ? [name] : (_provided.GetValueOrDefault(name) ?? []).Select(provider => provider.Package);

    /// <summary>The selected packages that satisfy an entry's rows: one for each row, sorted, without the entry itself.</summary>
    public IReadOnlyList<string> DependenciesOf(PackageEntry entry)
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var row in entry.Depends)
        {
            if (Satisfier(row) is { } name && name != entry.Name)
            {
                names.Add(name);
            }
        }

        return [.. names];
    }

    private string? Satisfier(Relation[] row)
    {
        foreach (var relation in row)
        {
            if (_selected.TryGetValue(relation.Name, out var real) && Matches(relation, real.Version))
            {
                return relation.Name;
            }

            foreach (var (package, version) in _provided.GetValueOrDefault(relation.Name) ?? [])
            {
                if (relation.Kind == RelationKind.Any || (version.Length > 0 && Matches(relation, version)))
                {
                    return package;
                }
            }
        }

        return null;
    }

    private static bool Matches(Relation relation, string version)
    {
        var order = relation.Kind == RelationKind.Any ? 0 : VersionOrder.Compare(VersionScheme.Deb, version, relation.Version);
        return relation.Kind switch
        {
            RelationKind.Any => true,
            RelationKind.Less => order < 0,
            RelationKind.LessOrEqual => order <= 0,
            RelationKind.Equal => order == 0,
            RelationKind.GreaterOrEqual => order >= 0,
            RelationKind.Greater => order > 0,
            _ => false,
        };
    }
}
