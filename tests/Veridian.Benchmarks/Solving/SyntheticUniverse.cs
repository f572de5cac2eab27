using System.Globalization;
using System.Text;

namespace Veridian.Benchmarks.Solving;

/// <summary>A made-up distribution with many versions of every name, as a Packages file; the same for the same numbers on every machine.</summary>
/// <remarks>
/// A few names are popular. A package needs only names that stand before its own, three on average, in versions of about its own
/// age, a third of them with an upper bound, and 0.3 % with one that is older than they are themselves. 4 % of the rows have alternatives, some of them virtual; 1 % of the versions conflict
/// with a range of another name; 5 % of the names come with a feature, a package of its own that needs its owner in the same version.
/// </remarks>
internal sealed class SyntheticUniverse(int names, int versions, int seed)
{
    private const int Virtuals = 50;
    private readonly Random _random = new(seed);

    /// <summary>The name of a position.</summary>
    public static string Name(int position) => string.Create(CultureInfo.InvariantCulture, $"p{position}");

    /// <summary>Writes all of it, names in order, oldest version first.</summary>
    public void Write(Stream to)
    {
        using var text = new StreamWriter(to, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
        for (var name = 0; name < names; name++)
        {
            var hasFeature = _random.Next(100) < 5;
            var provides = _random.Next(100) < 4 ? $"v{_random.Next(Virtuals)}" : "";
            var needs = Enumerable.Range(0, name == 0 ? 0 : _random.Next(7)).Select(_ => Earlier(name)).Distinct().ToArray();
            for (var version = 1; version <= versions; version++)
            {
                WriteVersion(text, name, version, needs, provides);
                if (hasFeature)
                {
                    text.WriteLine($"Package: {Name(name)}-feature\nVersion: {version}\nArchitecture: all\nDepends: {Name(name)} (= {version}){(name > 0 ? ", " + Row(Earlier(name), version) : "")}\nSize: 1000\n");
                }
            }
        }
    }

    /// <summary>Some names, drawn by a seed.</summary>
    public IReadOnlyList<string> Draw(int count, int seedOfDraw)
    {
        var all = Enumerable.Range(0, names).ToArray();
        new Random(seedOfDraw).Shuffle(all);
        return [.. all.Take(count).Select(Name)];
    }

    private void WriteVersion(StreamWriter text, int name, int version, int[] needs, string provides)
    {
        text.WriteLine($"Package: {Name(name)}\nVersion: {version}\nArchitecture: all\nSize: 1000");
        if (needs.Length > 0)
        {
            text.WriteLine("Depends: " + string.Join(", ", needs.Select(need => Row(need, version))));
        }

        if (provides.Length > 0)
        {
            text.WriteLine("Provides: " + provides);
        }

        if (name > 0 && _random.Next(100) == 0)
        {
            text.WriteLine($"Conflicts: {Name(Earlier(name))} (<< {_random.Next(1, versions)})");
        }

        text.WriteLine();
    }

    private string Row(int need, int version)
    {
        var lags = _random.Next(1000) < 3;
        var low = Math.Max(1, version - (lags ? 5 : _random.Next(4)));
        var row = $"{Name(need)} (>= {low})";
        if (_random.Next(100) < 4)
        {
            row += _random.Next(2) == 0 ? $" | v{_random.Next(Virtuals)}" : $" | {Name(Earlier(Math.Max(1, need)))}";
        }

        // Debian has no ranges: an upper bound is a row of its own.
        var high = Math.Max(low, lags ? version - _random.Next(1, 3) : version + _random.Next(3));
        return (lags || _random.Next(100) < 35) && high < versions ? $"{row}, {Name(need)} (<= {high})" : row;
    }

    /// <summary>A name before this one; the first ones are popular.</summary>
    private int Earlier(int name) => (int)(name * Math.Pow(_random.NextDouble(), 2));
}
