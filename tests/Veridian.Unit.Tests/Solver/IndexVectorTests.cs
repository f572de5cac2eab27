using System.Buffers.Binary;
using System.Numerics;
using System.Text;
using Veridian.Solver.Indexing;
using Veridian.Testing;

namespace Veridian.Unit.Tests.Solver;

/// <summary>The vectors of <c>store-format/index/</c>: bytes with their meaning, and bytes that must be refused.</summary>
public sealed class IndexVectorTests
{
    /// <summary>Name of a vector, and the universe it holds.</summary>
    private static readonly (string Name, string Universe)[] Universes =
    [
        ("no-packages", ""),
        ("one-package", "a 1"),
        ("rehearsal", """
            a 1.0-1: b >= 0.9 | c, b; provides c = 1
            b 1.0-1: ; conflicts d << 2; essential
            """),
        ("a-bit-of-everything", """
            b 1: a >= 2 | v, w; conflicts c, v; recommends c | a
            a 10: ; provides v; essential
            a 9: ; priority 3; since 1700000000
            a 2
            c 3: nowhere
            c 2: b, a = 9; provides w = 7
            d 1: c = 3
            """),
    ];

    public static TheoryData<string> Ok => [.. Universes.Select(universe => universe.Name)];

    public static TheoryData<string, string> Bad => new()
    {
        { "other-magic", "no package index" },
        { "newer-format", "format version" },
        { "torn", "damaged" },
        { "one-bit-flipped", "damaged" },
        { "empty", "no package index" },
        { "relation-of-an-unknown-kind", "damaged" },
        { "version-of-an-unknown-scheme", "damaged" },
    };

    [Theory]
    [MemberData(nameof(Ok))]
    public void The_bytes_and_what_they_mean_are_as_the_vectors_have_them(string name)
    {
        var bytes = Universe.Bytes(Universe.Parse(Universes.Single(universe => universe.Name == name).Universe));
        using var index = PackageIndex.Open(bytes);
        Golden.MatchesVector($"index/vectors/ok/{name}.index", bytes);
        Golden.MatchesVector($"index/vectors/ok/{name}.txt", Encoding.UTF8.GetBytes(Meaning(index)));
    }

    [Theory]
    [MemberData(nameof(Bad))]
    public void Foreign_or_damaged_bytes_are_refused_with_a_reason(string name, string reason)
    {
        Golden.MatchesVector($"index/vectors/bad/{name}.index", Spoil(name, Universe.Bytes(Universe.Parse(Universes[^1].Universe))));
        var bytes = File.ReadAllBytes(Checkout.PathOf($"store-format/index/vectors/bad/{name}.index"));

        Assert.False(PackageIndex.TryOpen(bytes, out _, out var refusal));
        Assert.Contains(reason, refusal, StringComparison.Ordinal);
    }

    private static byte[] Spoil(string name, byte[] bytes)
    {
        switch (name)
        {
            case "other-magic":
                bytes[0] = (byte)'V';
                return bytes;
            case "newer-format":
                bytes[8]++;
                return bytes;
            case "torn":
                return bytes[..(bytes.Length / 2 / 8 * 8)];
            case "one-bit-flipped":
                bytes[^20] ^= 4;
                return bytes;
            case "relation-of-an-unknown-kind":
                SectionOf(bytes, 22)[0] = 7;
                return WithChecksum(bytes);
            case "version-of-an-unknown-scheme":
                SectionOf(bytes, 10)[0] |= 12;
                return WithChecksum(bytes);
            default:
                return [];
        }
    }

    private static Span<byte> SectionOf(byte[] bytes, int section) =>
        bytes.AsSpan((int)BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(32 + (16 * section))), (int)BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(40 + (16 * section))));

    private static byte[] WithChecksum(byte[] bytes)
    {
        var crc = uint.MaxValue;
        for (var at = 32; at < bytes.Length; at += 8)
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(at)));
        }

        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(24), ~crc);
        return bytes;
    }

    /// <summary>One line for each name and version, everything that the index says of it.</summary>
    private static string Meaning(PackageIndex index)
    {
        var text = new StringBuilder();
        for (var name = 0; name < index.NameCount; name++)
        {
            text.Append(index.NameText(name)).AppendJoin("", index.ProvidersOf(name).Select(p => $" <- {Version(index, p.Version)}{(p.As.Length > 0 ? $" as {p.As}" : "")}")).Append('\n');
            for (var version = index.VersionsOf(name).Start.Value; version < index.VersionsOf(name).End.Value; version++)
            {
                text.Append($"  {version}: {index.VersionText(version)} {index.Architecture(version)} {index.Scheme(version)}{(index.IsDead(version) ? " dead" : "")}{(index.IsEssential(version) ? " essential" : "")}{(index.KnownSince(version) > 0 ? $" known since {index.KnownSince(version)}" : "")}\n");
                Append(text, index, "needs", index.DependsOf(version));
                Append(text, index, "recommends", index.RecommendsOf(version));
                Append(text, index, "conflicts with", index.ConflictsOf(version));
            }
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, PackageIndex index, string word, IReadOnlyList<IReadOnlyList<Veridian.Core.Packages.Relation>> rows)
    {
        foreach (var row in rows)
        {
            text.Append($"     {word} {string.Join(" | ", row)}: {string.Join(", ", row.SelectMany(index.Matching).Distinct())}\n");
        }
    }

    private static string Version(PackageIndex index, int version) => $"{index.NameText(index.NameOf(version))} {index.VersionText(version)}";
}
