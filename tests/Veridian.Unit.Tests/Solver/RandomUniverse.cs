using Veridian.Core.Packages;
using Veridian.Solver;

namespace Veridian.Unit.Tests.Solver;

/// <summary>Tiny universes and requests made from a seed, with a bit of everything.</summary>
internal sealed class RandomUniverse
{
    private readonly Random random;
    private readonly string[] names;

    public RandomUniverse(int seed)
    {
        random = new Random(seed);
        names = ["a", "b", "c", "d", "e", "f"];
        names = names[..random.Next(3, 7)];
        Entries = [.. names.SelectMany(Versions)];
        Request = MakeRequest();
    }

    private RandomUniverse(Random random, List<PackageEntry> entries, SolveRequest request) =>
        (this.random, names, Entries, Request) = (random, [], entries, request);

    public List<PackageEntry> Entries { get; }

    public SolveRequest Request { get; }

    /// <summary>A few packages that ask for the same alternatives in different orders: many selections cost the same.</summary>
    public static RandomUniverse WithTies(int seed)
    {
        var random = new Random(seed);
        string[] leaves = ["c", "e", "g", "i"];
        Relation[] Row() => [.. leaves.OrderBy(_ => random.Next()).Take(random.Next(2, 4)).Select(leaf => new Relation(leaf, RelationKind.Any, ""))];
        PackageEntry Entry(string name, int version, int rows) => new()
        {
            Name = name,
            Version = $"{version}",
            Scheme = VersionScheme.Deb,
            Architecture = "amd64",
            Depends = [.. Enumerable.Range(0, rows).Select(_ => Row())],
            Conflicts = [.. leaves.Where(leaf => leaf != name && rows == 0 && random.Next(6) == 0).Select(leaf => new Relation(leaf, RelationKind.Any, ""))],
        };
        string[] roots = ["b", "d", "h"];
        var entries = roots.Select(root => Entry(root, 1, random.Next(1, 4)))
            .Concat(leaves.SelectMany(leaf => Enumerable.Range(1, random.Next(1, 3)).Select(version => Entry(leaf, version, random.Next(6) == 0 ? 1 : 0))))
            .ToList();
        return new(random, entries, new SolveRequest { Requirements = [.. roots.Select(root => new Requirement(new Relation(root, RelationKind.Any, ""), "r"))] });
    }

    /// <summary>Few packages with many versions that allow only some of each other's: large lags.</summary>
    public static RandomUniverse WithManyVersions(int seed)
    {
        var random = new Random(seed);
        string[] names = ["a", "b", "c", "d"];
        var counts = names.Select(_ => random.Next(3, 6)).ToArray();
        Relation Range(int of) => new(names[of], (RelationKind)random.Next(1, 6), $"{random.Next(1, counts[of] + 1)}");
        PackageEntry Entry(int name, int version) => new()
        {
            Name = names[name],
            Version = $"{version}",
            Scheme = VersionScheme.Deb,
            Architecture = "amd64",
            Depends = [.. Enumerable.Range(0, random.Next(3)).Select(_ => random.Next(4) == 0 ? new[] { Range(random.Next(4)), Range(random.Next(4)) } : [Range(random.Next(4))])],
            Conflicts = random.Next(3) == 0 ? [Range(random.Next(4))] : [],
        };
        var entries = names.SelectMany((_, name) => Enumerable.Range(1, counts[name]).Select(version => Entry(name, version))).ToList();
        return new(random, entries, new SolveRequest
        {
            Requirements = [.. names.Take(random.Next(1, 4)).Select(name => new Requirement(new Relation(name, RelationKind.Any, ""), "r"))],
            Locked = names.Where(_ => random.Next(3) == 0).ToDictionary(name => name, _ => $"{random.Next(1, 6)}"),
        });
    }

    /// <summary>For messages.</summary>
    public override string ToString() => string.Join('\n', Entries.Select(e =>
        $"{e.Name} {e.Version}: {string.Join(", ", e.Depends.Select(row => string.Join(" | ", row)))}; conflicts {string.Join(", ", e.Conflicts)}"
        + $"; provides {string.Join(", ", e.Provides)}; recommends {string.Join(", ", e.Recommends.Select(row => string.Join(" | ", row)))}{(e.Essential ? "; essential" : "")} priority {e.Priority} source {e.Source} since {e.KnownSince}"))
        + $"\nasked {string.Join(", ", Request.Requirements)}\nlocked {string.Join(", ", Request.Locked)}; excluded {string.Join(", ", Request.Excluded)}"
        + $"; assumed {string.Join(", ", Request.AssumedPresent)}; held {string.Join(", ", Request.Holds)}; ages {string.Join(", ", Request.Ages)}; essential {Request.Essential}; recommends {Request.Recommends}";

    private bool Chance(int percent) => random.Next(100) < percent;

    private string Name() => Chance(12) ? $"v{random.Next(2)}" : Chance(2) ? "nowhere" : names[random.Next(names.Length)];

    private Relation Relation()
    {
        var kind = Chance(55) ? RelationKind.Any : (RelationKind)random.Next(1, 6);
        return new Relation(Name(), kind, kind == RelationKind.Any ? "" : $"{random.Next(1, 4)}");
    }

    private List<T> Some<T>(int percent, int most, Func<T> make)
    {
        var list = new List<T>();
        while (list.Count < most && Chance(percent))
        {
            list.Add(make());
        }

        return list;
    }

    private Relation[] Row() => [Relation(), .. Some(35, 2, Relation)];

    private IEnumerable<PackageEntry> Versions(string name)
    {
        var wanted = random.Next(1, 4);
        for (var version = 1; version <= wanted; version++)
        {
            yield return new PackageEntry
            {
                Name = name,
                Version = $"{version}",
                Scheme = VersionScheme.Deb,
                Architecture = "amd64",
                Depends = Some(50, 3, Row),
                Recommends = Some(25, 2, Row),
                Conflicts = Some(22, 2, Relation),
                Provides = Some(20, 2, () => new ProvidedName(Chance(85) ? $"v{random.Next(2)}" : Name(), Chance(50) ? "" : $"{random.Next(1, 4)}")),
                Essential = Chance(4),
                Priority = Chance(10) ? random.Next(3) : 0,
                KnownSince = random.Next(100),
                Source = random.Next(2),
            };
        }
    }

    private SolveRequest MakeRequest() => new()
    {
        Ages = Some(15, 1, () => new AgeLimit(random.Next(2), 100, random.Next(40), "")),
        Requirements = [new(Relation(), "r"), .. Some(50, 3, () => new Requirement(Relation(), "r") { Optional = Chance(20), Recommends = Chance(15) })],
        Locked = names.Where(_ => Chance(20)).ToDictionary(name => name, _ => $"{random.Next(1, 4)}"),
        Essential = Chance(30),
        Recommends = Chance(30),
        Excluded = Some(8, 1, () => names[random.Next(names.Length)]),
        AssumedPresent = Some(8, 1, () => names[random.Next(names.Length)]),
        Holds = Some(10, 2, () => new Hold(new Relation(names[random.Next(names.Length)], (RelationKind)random.Next(1, 6), $"{random.Next(1, 4)}"), "")),
    };
}
