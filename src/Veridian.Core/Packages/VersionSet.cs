using Veridian.Core.Errors;

namespace Veridian.Core.Packages;

/// <summary>A set of versions of one scheme, in canonical form: two sets are equal when they hold the same versions.</summary>
/// <remarks>
/// Source: <c>spec/versions.md</c> V-6. Debian's epochs are a dimension of their own, because a constraint that names none
/// means the same upstream versions in every epoch.
/// </remarks>
public sealed class VersionSet : IEquatable<VersionSet>
{
    private readonly Layer[] _layers;

    private VersionSet(VersionScheme scheme, params Layer[] layers) => (Scheme, _layers) = (scheme, layers);

    /// <summary>The scheme whose order the set is over.</summary>
    public VersionScheme Scheme { get; }

    /// <summary>Whether no version is in it.</summary>
    public bool IsEmpty => _layers is [{ Line.IsEmpty: true }];

    /// <summary>Whether every version is in it.</summary>
    public bool IsAll => _layers is [{ Line.IsAll: true }];

    internal ReadOnlySpan<Layer> Layers => _layers;

    /// <summary>No version.</summary>
    public static VersionSet Empty(VersionScheme scheme) => InEveryEpoch(scheme, new VersionLine(scheme, false, []));

    /// <summary>Every version.</summary>
    public static VersionSet All(VersionScheme scheme) => InEveryEpoch(scheme, new VersionLine(scheme, true, []));

    /// <summary>What a relation of an index means, strictly by the scheme's order (V-4; for Debian: as dpkg).</summary>
    /// <exception cref="ArgumentException"><paramref name="kind"/> is <see cref="RelationKind.Set"/>: parse that with <see cref="ConstraintParser"/>.</exception>
    public static VersionSet From(RelationKind kind, PackageVersion version)
    {
        var (scheme, text) = (version.Scheme, version.Text);
        var deb = scheme == VersionScheme.Deb;
        var line = deb ? DebVersionOrder.WithoutEpoch(text).ToString() : text;
        var (before, after) = (Cut.Of(scheme, line, CutSide.Before), Cut.Of(scheme, line, CutSide.After));
        var at = kind switch
        {
            RelationKind.Any => VersionLine.Between(scheme, null, null),
            RelationKind.Less => VersionLine.Between(scheme, null, before),
            RelationKind.LessOrEqual => VersionLine.Between(scheme, null, after),
            RelationKind.Equal => VersionLine.Between(scheme, before, after),
            RelationKind.GreaterOrEqual => VersionLine.Between(scheme, before, null),
            RelationKind.Greater => VersionLine.Between(scheme, after, null),
            _ => throw new ArgumentException("A set is no single comparison.", nameof(kind)),
        };
        return deb ? AroundEpoch(DebVersionOrder.Epoch(text), at) : InEveryEpoch(scheme, at);
    }

    /// <summary>What a relation of an index means: <see cref="RelationKind.Set"/> is a constraint (V-5), the rest is strict (V-4).</summary>
    /// <exception cref="InvalidInputException">The version or constraint cannot be read.</exception>
    public static VersionSet Of(VersionScheme scheme, Relation relation) => relation.Kind switch
    {
        RelationKind.Any => All(scheme),
        RelationKind.Set => ConstraintParser.Parse(scheme, relation.Version, null),
        _ => PackageVersion.TryParse(scheme, relation.Version, out var version)
            ? From(relation.Kind, version)
            : throw new InvalidInputException(
                ErrorCodes.ConstraintSyntax,
                $"The relation '{relation}' names a version that its scheme ({scheme}) does not allow.",
                "Report it to the owner of the repository."),
    };

    /// <summary>The versions that the scheme's order calls the same as this one.</summary>
    public static VersionSet Exactly(PackageVersion version) => From(RelationKind.Equal, version);

    /// <summary>The same line of versions in every epoch, also of schemes that know none.</summary>
    internal static VersionSet InEveryEpoch(VersionScheme scheme, VersionLine line) => new(scheme, new Layer(0, line));

    /// <summary>A line in one of Debian's epochs; a line that is open below or above takes in all older or newer epochs.</summary>
    internal static VersionSet AroundEpoch(int epoch, VersionLine line)
    {
        var newestInside = line.StartsInside ^ (line.Cuts.Length % 2 == 1);
        var layers = new List<Layer>();
        Add(layers, 0, new VersionLine(VersionScheme.Deb, line.StartsInside, []));
        Add(layers, epoch, line);
        if (epoch < int.MaxValue)
        {
            Add(layers, epoch + 1, new VersionLine(VersionScheme.Deb, newestInside, []));
        }

        return new VersionSet(VersionScheme.Deb, [.. layers]);
    }

    /// <summary>The versions in both.</summary>
    /// <exception cref="ArgumentException">The schemes differ.</exception>
    public VersionSet Intersect(VersionSet other) => Combine(other, static (a, b) => a && b);

    /// <summary>The versions in either.</summary>
    /// <exception cref="ArgumentException">The schemes differ.</exception>
    public VersionSet Union(VersionSet other) => Combine(other, static (a, b) => a || b);

    /// <summary>The versions not in it.</summary>
    public VersionSet Complement() => new(Scheme, Array.ConvertAll(_layers, layer => layer with { Line = layer.Line.Complement() }));

    /// <summary>Whether the version is in it.</summary>
    /// <exception cref="ArgumentException">The version has another scheme.</exception>
    public bool Contains(PackageVersion version) => version.Scheme == Scheme
        ? Contains(version.Text)
        : throw new ArgumentException($"A {version.Scheme} version is not looked for among {Scheme} versions.", nameof(version));

    /// <summary>Whether the version text, read in this set's scheme, is in it. Does not allocate.</summary>
    public bool Contains(ReadOnlySpan<char> version) => Scheme == VersionScheme.Deb
        ? LineAt(DebVersionOrder.Epoch(version)).Contains(DebVersionOrder.WithoutEpoch(version))
        : _layers[0].Line.Contains(version);

    /// <inheritdoc/>
    public bool Equals(VersionSet? other)
    {
        if (other is null || other.Scheme != Scheme || other._layers.Length != _layers.Length)
        {
            return false;
        }

        for (var i = 0; i < _layers.Length; i++)
        {
            if (_layers[i].FromEpoch != other._layers[i].FromEpoch || !_layers[i].Line.SameAs(other._layers[i].Line))
            {
                return false;
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as VersionSet);

    // Texts cannot take part: 1.0 and 1.00 are one place.
    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(Scheme);
        foreach (var layer in _layers)
        {
            hash.Add(HashCode.Combine(layer.FromEpoch, layer.Line.StartsInside, layer.Line.Cuts.Length));
        }

        return hash.ToHashCode();
    }

    /// <summary>For people, in the words of the constraint grammar (V-5) where it can say it: <c>&gt;=1.2, &lt;2</c>.</summary>
    public override string ToString() => VersionSetText.Of(this);

    private static void Add(List<Layer> layers, int fromEpoch, VersionLine line)
    {
        if (layers.Count > 0 && layers[^1].FromEpoch == fromEpoch)
        {
            layers.RemoveAt(layers.Count - 1);
        }

        if (layers.Count == 0 || !layers[^1].Line.SameAs(line))
        {
            layers.Add(new Layer(fromEpoch, line));
        }
    }

    private VersionLine LineAt(int epoch)
    {
        var at = _layers.Length - 1;
        while (_layers[at].FromEpoch > epoch)
        {
            at--;
        }

        return _layers[at].Line;
    }

    private VersionSet Combine(VersionSet other, Func<bool, bool, bool> rule)
    {
        if (other.Scheme != Scheme)
        {
            throw new ArgumentException($"{Scheme} versions do not mix with {other.Scheme} versions.", nameof(other));
        }

        var layers = new List<Layer>();
        foreach (var epoch in _layers.Concat(other._layers).Select(layer => layer.FromEpoch).Distinct().Order())
        {
            Add(layers, epoch, VersionLine.Combine(LineAt(epoch), other.LineAt(epoch), Scheme, rule));
        }

        return new VersionSet(Scheme, [.. layers]);
    }

    /// <summary>A line that holds from an epoch on, until the next layer's.</summary>
    internal readonly record struct Layer(int FromEpoch, VersionLine Line);
}
