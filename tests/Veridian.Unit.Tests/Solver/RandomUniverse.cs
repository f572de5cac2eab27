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

    public List<PackageEntry> Entries { get; }

    public SolveRequest Request { get; }

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
            };
        }
    }

    private SolveRequest MakeRequest() => new()
    {
        Requirements = [new(Relation(), "r"), .. Some(50, 3, () => new Requirement(Relation(), "r") { Optional = Chance(20), Recommends = Chance(15) })],
        Locked = names.Where(_ => Chance(20)).ToDictionary(name => name, _ => $"{random.Next(1, 4)}"),
        Essential = Chance(30),
        Recommends = Chance(30),
        Excluded = Some(8, 1, () => names[random.Next(names.Length)]),
        AssumedPresent = Some(8, 1, () => names[random.Next(names.Length)]),
        Holds = Some(10, 2, () => new Relation(names[random.Next(names.Length)], (RelationKind)random.Next(1, 6), $"{random.Next(1, 4)}")),
    };
}
