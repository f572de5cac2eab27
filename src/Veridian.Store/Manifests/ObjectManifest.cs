using Veridian.Core.Paths;
using Veridian.Core.Units;
using Veridian.Store.Text;
using Veridian.Store.Trees;

namespace Veridian.Store.Manifests;

/// <summary>The full description of a store object, kept beside it. The index is rebuilt from these alone.</summary>
/// <remarks>Source: <c>store-format/manifest/README.md</c> MF-1 to MF-6.</remarks>
public sealed record ObjectManifest
{
    internal const string Format = "veridian-manifest 1 object";

    /// <summary>Name, version, architecture and the two digests.</summary>
    public required ObjectIdentity Identity { get; init; }

    /// <summary>Number of regular files.</summary>
    public required int Files { get; init; }

    /// <summary>Sum of their sizes.</summary>
    public required ByteCount Bytes { get; init; }

    /// <summary>Where it came from.</summary>
    public required Origin Origin { get; init; }

    /// <summary>Every path, in byte order. Empty if only the head was read.</summary>
    public required IReadOnlyList<TreeEntry> Entries { get; init; }

    /// <summary>The object's name in the store.</summary>
    public StorePath Path => Identity.ToStorePath();

    /// <summary>The manifest's bytes. The same object from the same origin always gives the same bytes.</summary>
    public byte[] Write()
    {
        var writer = new RecordWriter(Format)
            .Add("name", Identity.Name)
            .Add("version", Identity.Version)
            .Add("architecture", Identity.Architecture)
            .Add("tree", Identity.Tree.ToString())
            .Add("control", Identity.Control.ToString())
            .Add("files", Files)
            .Add("bytes", Bytes.Bytes)
            .AddLine("origin")
            .Add("url", Origin.Url)
            .Add("sha256", Origin.Sha256)
            .Add("signer", Origin.Signer);
        return EntryLines.Write(writer, Entries);
    }

    /// <summary>Reads a whole manifest and checks its closing digest and its tree digest.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="place">Its path, for messages.</param>
    /// <exception cref="Core.Errors.StoreDamagedException">It is damaged or of an unknown format.</exception>
    public static ObjectManifest Read(byte[] bytes, string place)
    {
        var manifest = ReadSealed(bytes, place);
        return TreeDigest.Of(manifest.Entries) == manifest.Identity.Tree
            ? manifest
            : throw RecordReader.Damaged(place, "its entries do not give its tree digest");
    }

    /// <summary>Reads a whole manifest and checks its closing digest: enough to know that it is what was written.</summary>
    /// <exception cref="Core.Errors.StoreDamagedException">It is damaged or of an unknown format.</exception>
    public static ObjectManifest ReadSealed(byte[] bytes, string place)
    {
        var reader = new RecordReader(bytes, place, Format);
        return ReadHead(reader) with { Entries = EntryLines.Read(reader, bytes) };
    }

    /// <summary>Reads all but the entries. The closing digest is not looked at.</summary>
    /// <exception cref="Core.Errors.StoreDamagedException">It is damaged or of an unknown format.</exception>
    public static ObjectManifest ReadHead(byte[] bytes, string place) => ReadHead(new RecordReader(bytes, place, Format));

    private static ObjectManifest ReadHead(RecordReader reader)
    {
        var identity = new ObjectIdentity(reader.Text("name"), reader.Text("version"), reader.Text("architecture"),
            reader.Digest("tree"), reader.Digest("control"));
        var (files, bytes) = (reader.Number("files"), reader.Number("bytes"));
        reader.Expect("origin");
        return new ObjectManifest
        {
            Identity = identity,
            Files = (int)Math.Min(files, int.MaxValue),
            Bytes = new ByteCount(bytes),
            Origin = new Origin(reader.Text("url"), reader.Text("sha256"), reader.Text("signer")),
            Entries = [],
        };
    }
}
