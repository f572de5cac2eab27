using System.Text;
using Veridian.Debian.Control;
using Veridian.Formats.Compression;
using Veridian.Solver.Indexing;

namespace Veridian.Testing.Solving;

/// <summary>Real <c>Packages</c> files as an index to solve with.</summary>
public static class DebianUniverse
{
    private const long MostBytes = 1 << 30;

    private static ReadOnlySpan<byte> Field => "\nArchitecture: "u8;

    /// <summary>Reads an index made before, or files, plain or compressed by <c>.xz</c>, <c>.gz</c> or <c>.zst</c>, and builds their index in memory.</summary>
    public static PackageIndex Read(IReadOnlyList<string> files) => PackageIndex.Open(files is [var made] && IsIndex(made) ? File.ReadAllBytes(made) : Bytes(files));

    /// <summary>The bytes of their index.</summary>
    public static byte[] Bytes(IReadOnlyList<string> files)
    {
        using var bytes = new MemoryStream();
        Write(files, bytes);
        return bytes.ToArray();
    }

    /// <summary>Writes their index.</summary>
    public static void Write(IReadOnlyList<string> files, Stream to)
    {
        var builder = new PackageIndexBuilder();
        Read(files, builder);
        builder.Write(to);
    }

    // What the reader knows is dropped before the index is put together.
    private static void Read(IReadOnlyList<string> files, PackageIndexBuilder builder)
    {
        var texts = files.Select(file => new PlainText(file)).ToArray();
        var reader = new PackagesReader(ArchitectureOf(texts));
        for (var source = 0; source < texts.Length; source++)
        {
            reader.ReadEach(texts[source].Bytes, source, 0, builder.Add);
            texts[source].Dispose();
        }
    }

    private static bool IsIndex(string file)
    {
        using var stream = File.OpenRead(file);
        Span<byte> head = stackalloc byte[8];
        return stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length && head.SequenceEqual("vpkgidx\n"u8);
    }

    /// <summary>A whole file, decompressed.</summary>
    public static byte[] Text(string file)
    {
        if (Path.GetExtension(file) is not (".xz" or ".gz" or ".zst"))
        {
            return File.ReadAllBytes(file);
        }

        using var stream = File.OpenRead(file);
        using var plain = Decompressor.Open(stream, new DecompressionLimits { MaxOutputBytes = MostBytes }, 1);
        using var bytes = new MemoryStream();
        plain.CopyTo(bytes);
        return bytes.ToArray();
    }

    /// <summary>The first architecture that is not <c>all</c>; the files are all of one.</summary>
    private static string ArchitectureOf(IEnumerable<PlainText> texts)
    {
        foreach (var text in texts)
        {
            for (var rest = text.Bytes; rest.IndexOf(Field) is var at and >= 0;)
            {
                rest = rest[(at + Field.Length)..];
                var value = rest[..Math.Max(0, rest.IndexOf((byte)'\n'))].Trim((byte)' ');
                if (!value.IsEmpty && !value.SequenceEqual("all"u8))
                {
                    return Encoding.ASCII.GetString(value);
                }
            }
        }

        return "amd64";
    }
}
