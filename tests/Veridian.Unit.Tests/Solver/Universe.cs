using System.Text.RegularExpressions;
using Veridian.Core.Packages;
using Veridian.Solver.Indexing;

namespace Veridian.Unit.Tests.Solver;

/// <summary>
/// Small universes as text, one version per line: <c>a 2: b | c &gt;= 1, d; conflicts e &lt;&lt; 2; recommends f; provides v, w = 3; essential; priority 5; since 1700000000; source 1</c>.
/// </summary>
internal static partial class Universe
{
    public static PackageIndex Index(string text) => Index(Parse(text));

    public static PackageIndex Index(IEnumerable<PackageEntry> entries) => PackageIndex.Open(Bytes(entries));

    public static byte[] Bytes(IEnumerable<PackageEntry> entries)
    {
        var builder = new PackageIndexBuilder();
        foreach (var entry in entries)
        {
            builder.Add(entry);
        }

        using var stream = new MemoryStream();
        builder.Write(stream);
        return stream.ToArray();
    }

    public static List<PackageEntry> Parse(string text) =>
        [.. text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Line)];

    public static Relation Relation(string text)
    {
        var match = RelationPattern().Match(text.Trim());
        Assert.True(match.Success, text);
        var kind = match.Groups[2].Value switch
        {
            "" => RelationKind.Any,
            "<<" => RelationKind.Less,
            "<=" => RelationKind.LessOrEqual,
            "=" => RelationKind.Equal,
            ">=" => RelationKind.GreaterOrEqual,
            ">>" => RelationKind.Greater,
            _ => RelationKind.Set,
        };
        return new Relation(match.Groups[1].Value, kind, match.Groups[3].Value);
    }

    private static PackageEntry Line(string line)
    {
        var head = line.Split(':', 2, StringSplitOptions.TrimEntries);
        var clauses = (head.ElementAtOrDefault(1) ?? "").Split(';', StringSplitOptions.TrimEntries);
        var (name, version) = head[0].Split(' ') is [var n, var v] ? (n, v) : throw new ArgumentException(line);
        return new PackageEntry
        {
            Name = name,
            Version = version,
            Scheme = VersionScheme.Deb,
            Architecture = "amd64",
            Depends = Rows(clauses[0]),
            Recommends = Rows(After(clauses, "recommends ")),
            Conflicts = [.. Rows(After(clauses, "conflicts ")).Select(row => row[0])],
            Provides = [.. Rows(After(clauses, "provides ")).Select(row => new ProvidedName(row[0].Name, row[0].Version))],
            Essential = clauses.Contains("essential"),
            KnownSince = After(clauses, "since ") is { Length: > 0 } since ? long.Parse(since) : 0,
            Source = After(clauses, "source ") is { Length: > 0 } source ? int.Parse(source) : 0,
            Priority = After(clauses, "priority ") is { Length: > 0 } p ? int.Parse(p) : 0,
        };
    }

    private static string After(string[] clauses, string word) => clauses.FirstOrDefault(c => c.StartsWith(word, StringComparison.Ordinal))?[word.Length..] ?? "";

    private static List<Relation[]> Rows(string text) =>
        [.. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(row => row.Split('|').Select(Relation).ToArray())];

    [GeneratedRegex(@"^(\S+)(?:\s+(<<|<=|=|>=|>>|@)\s*(.+))?$")]
    private static partial Regex RelationPattern();
}
