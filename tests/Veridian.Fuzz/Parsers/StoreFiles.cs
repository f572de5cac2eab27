using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;
using Veridian.Core.Hashing;
using Veridian.Core.Packages;
using Veridian.Solver.Indexing;
using Veridian.Store.Manifests;
using Veridian.Testing;
using static Veridian.Fuzz.Parser;

namespace Veridian.Fuzz.Parsers;

/// <summary>Files of the store and the cache, which a bad disk, another program or another account may have changed.</summary>
internal static class StoreFiles
{
    private const int IndexHeader = 32;

    public static IEnumerable<Parser> All =>
    [
        new("index", () => [SmallIndex()], Index) { Words = ["vpkgidx\n"], Mend = MendIndex, MostBytes = 16 << 10 },
        new("manifest", () => Vectors("*.manifest"), Manifest) { Words = ["veridian-manifest 1 object\n", "entries\n", "d\tusr\n", "l\ta\tb\n", "\t", "\\t", "\\n", "digest\t", "../"], Mend = MendManifest },
        new("control-data", () => Vectors("*.control"), StoredControl) { Words = ["veridian-control 1\n", "member ", "control\t"] },
    ];

    private static string Index(byte[] input)
    {
        using var index = PackageIndex.Open(input);
        var relations = 0;
        for (var version = 0; version < index.VersionCount; version++)
        {
            _ = (index.NameText(index.NameOf(version)), index.VersionText(version), index.Architecture(version), index.Scheme(version), index.Record(version));
            foreach (var row in index.DependsOf(version).Concat(index.RecommendsOf(version)).Concat(index.ConflictsOf(version)))
            {
                relations += row.Count;
                foreach (var relation in row)
                {
                    relations += index.Matching(relation).Count;
                }
            }
        }

        for (var name = 0; name < index.NameCount; name++)
        {
            relations += index.ProvidersOf(name).Count + (index.FindName(index.NameText(name)) >= 0 ? 1 : 0);
        }

        return $"{Size(index.VersionCount)},{Size(index.NameCount)},{relations}";
    }

    private static string Manifest(byte[] input)
    {
        var forObject = input.AsSpan().StartsWith("veridian-manifest 1 object"u8);
        var again = forObject ? ObjectManifest.Read(input, "manifest").Write() : EnvironmentManifest.Read(input, "manifest").Write();
        Require(again.AsSpan().SequenceEqual(input), "there is one spelling of a manifest");
        return $"{forObject}{Size(input.Length)}";
    }

    private static string StoredControl(byte[] input)
    {
        var control = ControlData.Read(input, "control");
        Require(control.Write().AsSpan().SequenceEqual(input), "there is one spelling of control data");
        return string.Join(',', control.Members.Select(member => Size(member.Bytes.Length)));
    }

    private static byte[] SmallIndex()
    {
        var builder = new PackageIndexBuilder();
        foreach (var (name, version) in new[] { ("a", "1"), ("a", "2"), ("b", "1:1.0-1"), ("c", "0~rc1") })
        {
            builder.Add(new PackageEntry
            {
                Name = name,
                Version = version,
                Scheme = VersionScheme.Deb,
                Architecture = "amd64",
                Essential = name == "b",
                Depends = [[new Relation("b", RelationKind.GreaterOrEqual, "1"), new Relation("v", RelationKind.Any, "")]],
                Recommends = [[new Relation("c", RelationKind.Set, ">=0, <9")]],
                Conflicts = [new Relation("a", RelationKind.Less, "1")],
                Replaces = [],
                Provides = [new ProvidedName("v", "3")],
                DownloadBytes = 10,
                InstalledBytes = 20,
                Source = 0,
                Offset = 0,
                Length = 5,
                Priority = 0,
            });
        }

        using var bytes = new MemoryStream();
        builder.Write(bytes);
        return bytes.ToArray();
    }

    // Whole words, the file's length, the checksum.
    private static byte[] MendIndex(byte[] input)
    {
        var bytes = input.AsSpan(0, input.Length & ~7).ToArray();
        if (bytes.Length > IndexHeader)
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(16), bytes.Length);
            var crc = uint.MaxValue;
            foreach (var word in MemoryMarshal.Cast<byte, ulong>(bytes.AsSpan(IndexHeader)))
            {
                crc = BitOperations.Crc32C(crc, word);
            }

            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(24), ~crc);
        }

        return bytes;
    }

    private static byte[] MendManifest(byte[] input)
    {
        var at = input.AsSpan().LastIndexOf("\ndigest\t"u8);
        return at < 0 ? input : [.. input[..(at + 1)], .. Encoding.ASCII.GetBytes($"digest\t{Blake3.Hash(input.AsSpan(0, at + 1))}\n")];
    }

    private static IEnumerable<byte[]> Vectors(string pattern) =>
        Directory.EnumerateFiles(Checkout.PathOf("store-format/manifest/vectors/ok"), pattern).Order(StringComparer.Ordinal).Select(File.ReadAllBytes);
}
