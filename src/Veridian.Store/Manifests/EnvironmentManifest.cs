using Veridian.Core.Hashing;
using Veridian.Core.Paths;
using Veridian.Core.Units;
using Veridian.Store.Text;
using Veridian.Store.Trees;

namespace Veridian.Store.Manifests;

/// <summary>The full description of an environment's tree and of the objects it was made from.</summary>
/// <remarks>Source: <c>store-format/manifest/README.md</c> MF-7.</remarks>
public sealed record EnvironmentManifest
{
    internal const string Format = "veridian-manifest 1 environment";

    /// <summary>The environment's name in the store, chosen by whoever builds it from all of its inputs.</summary>
    public required Blake3Digest Id { get; init; }

    /// <summary>Root digest of the tree.</summary>
    public required Blake3Digest Tree { get; init; }

    /// <summary>Number of regular files.</summary>
    public required int Files { get; init; }

    /// <summary>Sum of their sizes, shared or not.</summary>
    public required ByteCount Bytes { get; init; }

    /// <summary>The objects that stay alive as long as it does, in order.</summary>
    public required IReadOnlyList<StorePath> Objects { get; init; }

    /// <summary>Every path, in byte order. Empty if only the head was read.</summary>
    public required IReadOnlyList<TreeEntry> Entries { get; init; }

    /// <summary>The manifest's bytes.</summary>
    public byte[] Write()
    {
        var writer = new RecordWriter(Format)
            .Add("id", Id.ToString())
            .Add("tree", Tree.ToString())
            .Add("files", Files)
            .Add("bytes", Bytes.Bytes);
        foreach (var path in Objects)
        {
            writer.Add("object", path.Text);
        }

        return EntryLines.Write(writer, Entries);
    }

    /// <summary>Reads a whole manifest and checks its closing digest and its tree digest.</summary>
    /// <exception cref="Core.Errors.StoreDamagedException">It is damaged or of an unknown format.</exception>
    public static EnvironmentManifest Read(byte[] bytes, string place)
    {
        var reader = new RecordReader(bytes, place, Format);
        var manifest = ReadHead(reader) with { Entries = EntryLines.Read(reader, bytes) };
        return TreeDigest.Of(manifest.Entries) == manifest.Tree
            ? manifest
            : throw RecordReader.Damaged(place, "its entries do not give its tree digest");
    }

    /// <summary>Reads all but the entries. The closing digest is not looked at.</summary>
    /// <exception cref="Core.Errors.StoreDamagedException">It is damaged or of an unknown format.</exception>
    public static EnvironmentManifest ReadHead(byte[] bytes, string place) => ReadHead(new RecordReader(bytes, place, Format));

    private static EnvironmentManifest ReadHead(RecordReader reader)
    {
        var (id, tree) = (reader.Digest("id"), reader.Digest("tree"));
        var (files, bytes) = (reader.Number("files"), reader.Number("bytes"));
        var objects = new List<StorePath>();
        while (reader.TryText("object") is { } path)
        {
            objects.Add(reader.ParseStorePath(path));
        }

        return new EnvironmentManifest
        {
            Id = id,
            Tree = tree,
            Files = (int)Math.Min(files, int.MaxValue),
            Bytes = new ByteCount(bytes),
            Objects = objects,
            Entries = [],
        };
    }
}
