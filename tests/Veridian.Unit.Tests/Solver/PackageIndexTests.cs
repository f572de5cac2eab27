using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;
using Veridian.Core.Errors;
using Veridian.Core.Packages;
using Veridian.Debian.Control;
using Veridian.Solver;
using Veridian.Solver.Indexing;

namespace Veridian.Unit.Tests.Solver;

/// <summary><c>store-format/index/README.md</c>.</summary>
public sealed class PackageIndexTests
{
    private const string Small = """
        b 1: a >= 2 | v; conflicts c; recommends c
        a 2: ; provides v
        a 1:
        c 3: nowhere
        c 2: b, a = 1; provides w = 7
        """;

    [Fact]
    public void The_same_entries_give_the_same_bytes() =>
        Assert.Equal(Universe.Bytes(Universe.Parse(Small)), Universe.Bytes(Universe.Parse(Small)));

    [Fact]
    public void Names_are_sorted_and_found_again()
    {
        using var index = Universe.Index(Small);
        var names = Enumerable.Range(0, index.NameCount).Select(index.NameText).ToList();
        Assert.Equal(["a", "b", "c", "nowhere", "v", "w"], names);
        Assert.All(names, (name, id) => Assert.Equal(id, index.FindName(name)));
        Assert.Equal(-1, index.FindName("aa"));
        Assert.Equal(-1, index.FindName(new string('x', 5000)));
    }

    [Fact]
    public void Versions_stand_by_priority_and_then_newest_first()
    {
        using var index = Universe.Index("a 1\na 10: ; priority 1\na 9: ; priority 1\na 2");
        var versions = index.VersionsOf(index.FindName("a"));
        Assert.Equal(["10", "9", "2", "1"], Enumerable.Range(versions.Start.Value, 4).Select(index.VersionText));
    }

    [Fact]
    public void Of_two_entries_of_one_version_the_higher_priority_stays()
    {
        using var index = PackageIndexOf(new { Source = 1, Priority = 0 }, new { Source = 2, Priority = 5 }, new { Source = 3, Priority = 5 });
        Assert.Equal(1, index.VersionCount);
        Assert.Equal((2, 20L, 200), index.Record(0));

        static PackageIndex PackageIndexOf(params dynamic[] places) => Universe.Index(places.Select(p => new PackageEntry
        {
            Name = "a",
            Version = "1",
            Scheme = VersionScheme.Deb,
            Architecture = "all",
            Source = p.Source,
            Priority = p.Priority,
            Offset = 10L * p.Source,
            Length = 100 * p.Source,
        }));
    }

    [Fact]
    public void Everything_said_of_a_version_can_be_read_back()
    {
        var entry = new PackageEntry
        {
            Name = "tool",
            Version = "1:2-3",
            Scheme = VersionScheme.Deb,
            Architecture = "arm64",
            Essential = true,
            DownloadBytes = 5_000_000_000,
            InstalledBytes = 6_000_000_000,
            Source = 4,
            Offset = 7_000_000_000,
            Length = 99,
            Depends = [[Universe.Relation("tool >= 1"), Universe.Relation("other")]],
        };
        using var index = Universe.Index([entry]);
        Assert.Equal("1:2-3", index.VersionText(0));
        Assert.Equal("arm64", index.Architecture(0));
        Assert.Equal(VersionScheme.Deb, index.Scheme(0));
        Assert.True(index.IsEssential(0));
        Assert.False(index.IsDead(0));
        Assert.Equal((5_000_000_000, 6_000_000_000), (index.DownloadBytes(0), index.InstalledBytes(0)));
        Assert.Equal((4, 7_000_000_000, 99), index.Record(0));
        Assert.Equal("tool (>= 1), other", string.Join(", ", index.DependsOf(0).Single()));
        Assert.Equal(0, index.FindVersion("tool", "1:2-3"));
        Assert.Equal(-1, index.FindVersion("tool", "2-3"));
    }

    [Fact]
    public void A_name_provided_without_a_version_satisfies_only_relations_without_one()
    {
        using var index = Universe.Index("a 5: ; provides v\nb 5: ; provides v = 2\nc 1: v >= 1");
        Assert.Equal(["a", "b"], Names(index, "v"));
        Assert.Equal(["b"], Names(index, "v >= 1"));
        Assert.Empty(Names(index, "v >= 3"));
    }

    [Fact]
    public void Real_packages_stand_before_those_that_stand_in_for_them()
    {
        using var index = Universe.Index("a 1: ; provides m\nm 1\nm 2");
        Assert.Equal(["m", "m", "a"], Names(index, "m"));
    }

    [Fact]
    public void A_version_is_dead_when_a_row_leads_nowhere_however_far_away()
    {
        using var index = Universe.Index("a 2: b\na 1\nb 1: c\nc 1: nowhere | d\nd 1: nowhere2\ne 1: a");
        var dead = Enumerable.Range(0, index.VersionCount).Where(index.IsDead).Select(v => $"{index.NameText(index.NameOf(v))} {index.VersionText(v)}");
        Assert.Equal(["a 2", "b 1", "c 1", "d 1"], dead);
    }

    [Fact]
    public void Death_follows_long_chains_and_circles_but_spares_what_has_another_way()
    {
        var chain = string.Join('\n', Enumerable.Range(1, 2000).Select(i => $"p{i} 1: p{i + 1}"));
        using var index = Universe.Index(chain + "\np2001 1: nowhere\nx 1: y, p7\ny 1: x\nz 1: p9 | w\nw 1: z");
        var living = Enumerable.Range(0, index.VersionCount).Where(version => !index.IsDead(version)).Select(version => index.NameText(index.NameOf(version)));
        Assert.Equal(["w", "z"], living);
    }

    [Fact]
    public void Entries_read_as_bytes_make_the_index_that_the_same_entries_make()
    {
        var text = Encoding.UTF8.GetBytes("""
            Package: a
            Version: 1:2.0-1
            Architecture: amd64
            Essential: yes
            Pre-Depends: b (>= 1) | v
            Depends: c (<< 3), v, b (>= 1) | v
            Recommends: gone
            Conflicts: d (= 1)
            Breaks: v
            Replaces: e (<< 1)
            Provides: v, w (= 7)
            Installed-Size: 3
            Size: 1000

            Package: b
            Version: 1
            Architecture: all
            Provides: v (= 2), v

            Package: a
            Version: 1:2.0-1
            Architecture: all

            """);
        var raw = new PackageIndexBuilder();
        new PackagesReader("amd64").ReadEach(text, 2, 5, raw.Add);
        using var bytes = new MemoryStream();
        raw.Write(bytes);
        Assert.Equal(Universe.Bytes(new PackagesReader("amd64").Read(text, 2, 5).Entries), bytes.ToArray());
    }

    [Fact]
    public void Nothing_is_added_to_an_index_that_is_written()
    {
        var builder = new PackageIndexBuilder();
        builder.Add(Universe.Parse("a 1")[0]);
        builder.Write(Stream.Null);
        Assert.Throws<InvalidOperationException>(() => builder.Add(Universe.Parse("b 1")[0]));
    }

    [Fact]
    public void Names_that_begin_alike_are_sorted_by_their_bytes_however_long_they_are()
    {
        string[] names = [.. Enumerable.Range(0, 300).Select(i => $"librust-{new string('x', i % 50)}{i * 7919 % 300}").Distinct(), "lib", "l", "librust", "librust-"];
        using var index = Universe.Index(string.Join('\n', names.Select(name => $"{name} 1")));
        Assert.Equal(names.Order(StringComparer.Ordinal), Enumerable.Range(0, index.NameCount).Select(index.NameText));
    }

    [Fact]
    public void A_package_never_conflicts_with_itself_but_with_all_others_of_a_virtual_name()
    {
        using var index = Universe.Index("a 1: ; conflicts mta, a; provides mta\nb 1: ; provides mta\nc 1: ; conflicts gone");
        Assert.Equal("mta", Assert.Single(Assert.Single(index.ConflictsOf(index.FindVersion("a", "1")))).ToString());
        Assert.Empty(index.ConflictsOf(index.FindVersion("c", "1")));
    }

    [Fact]
    public void Every_truncated_or_flipped_file_is_refused()
    {
        var bytes = Universe.Bytes(Universe.Parse(Small));
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.False(PackageIndex.TryOpen(bytes.AsMemory(0, length), out _, out var refusal));
            Assert.NotEmpty(refusal);
        }

        // The last four bytes of the header are unused.
        for (var at = 0; at < bytes.Length; at++)
        {
            var damaged = (byte[])bytes.Clone();
            damaged[at] ^= 0x10;
            Assert.True(at is >= 28 and < 32 || !PackageIndex.TryOpen(damaged, out _, out _), $"byte {at}");
        }
    }

    [Fact]
    public void A_file_of_another_format_version_is_refused_by_name()
    {
        var bytes = Universe.Bytes(Universe.Parse(Small));
        bytes[8] = 200;
        var refused = Assert.Throws<StoreDamagedException>(() => PackageIndex.Open(bytes));
        Assert.Contains("format version 200", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_forged_file_gives_nonsense_at_worst()
    {
        var bytes = Universe.Bytes(Universe.Parse(Small));
        var numbers = new[] { -1, 0, 1, 3, 7, 1000, int.MaxValue, int.MinValue };
        foreach (var number in numbers)
        {
            for (var at = 32; at < bytes.Length; at += 4)
            {
                var forged = (byte[])bytes.Clone();
                MemoryMarshal.Write(forged.AsSpan(at), number);
                MemoryMarshal.Write(forged.AsSpan(24), Checksum(forged.AsSpan(32)));
                Use(forged);
            }
        }
    }

    private static void Use(byte[] forged)
    {
        if (!PackageIndex.TryOpen(forged, out var index, out _))
        {
            return;
        }

        using (index)
        {
            try
            {
                PackageSolver.Solve(index, new SolveRequest { Requirements = [new(Universe.Relation("b"), "")], Essential = true, Recommends = true }, CancellationToken.None);
            }
            catch (VeridianException)
            {
                // Told as damage or as a failed check; never a crash.
            }
        }
    }

    /// <summary>I-2: CRC-32C, eight bytes at a time.</summary>
    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var word in MemoryMarshal.Cast<byte, ulong>(bytes))
        {
            crc = BitOperations.Crc32C(crc, word);
        }

        return ~crc;
    }

    private static List<string> Names(PackageIndex index, string relation) =>
        [.. index.Matching(Universe.Relation(relation)).Select(version => index.NameText(index.NameOf(version)))];
}
