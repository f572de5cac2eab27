using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Veridian.Solver.Indexing;

/// <summary>The bytes of an index, checked once (I-3): afterwards no number in them can point outside.</summary>
internal sealed unsafe class IndexFile : IDisposable
{
    private readonly MemoryHandle pin;
    private readonly byte* start;
    private readonly int length;
    private bool disposed;

    private IndexFile(ReadOnlyMemory<byte> bytes)
    {
        pin = bytes.Pin();
        start = (byte*)pin.Pointer;
        length = bytes.Length;
    }

    public ReadOnlySpan<byte> All
    {
        get
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            return new(start, length);
        }
    }

    /// <summary>The file, or why it is refused.</summary>
    public static (IndexFile? File, string Refusal) Check(ReadOnlyMemory<byte> bytes)
    {
        if (HeaderRefusal(bytes.Span) is { } refusal)
        {
            return (null, refusal);
        }

        var file = new IndexFile(bytes);
        refusal = new IndexValidation(file).Refusal();
        if (refusal is null)
        {
            return (file, "");
        }

        file.Dispose();
        return (null, refusal);
    }

    public IntColumn Ints(IndexSection section)
    {
        var (offset, size) = Place(section);
        return new IntColumn((int*)(start + offset), size / sizeof(int));
    }

    /// <summary>In bytes.</summary>
    public int Size(IndexSection section) => (int)BinaryPrimitives.ReadInt64LittleEndian(Entry(section)[8..]);

    public ReadOnlySpan<T> Items<T>(IndexSection section)
        where T : unmanaged
    {
        var (offset, size) = Place(section);
        return new ReadOnlySpan<T>(start + offset, size / sizeof(T));
    }

    public void Dispose()
    {
        if (!disposed)
        {
            disposed = true;
            pin.Dispose();
        }
    }

    /// <summary>Whether the section lies inside the file.</summary>
    public bool IsInside(IndexSection section)
    {
        var entry = Entry(section);
        var (offset, size) = (BinaryPrimitives.ReadInt64LittleEndian(entry), BinaryPrimitives.ReadInt64LittleEndian(entry[8..]));
        return offset >= IndexFormat.BodyStart && offset % 8 == 0 && size >= 0 && offset <= length && size <= length - offset;
    }

    private static string? HeaderRefusal(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < IndexFormat.BodyStart || bytes.Length > IndexFormat.MaxBytes || bytes.Length % 8 != 0
            || !bytes.StartsWith(IndexFormat.Magic) || !BitConverter.IsLittleEndian)
        {
            return "it is no package index";
        }

        if (BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]) is var version and not IndexFormat.FormatVersion)
        {
            return $"it has format version {version}, this program reads {IndexFormat.FormatVersion}";
        }

        return BinaryPrimitives.ReadInt32LittleEndian(bytes[12..]) != IndexFormat.SectionCount
            || BinaryPrimitives.ReadInt64LittleEndian(bytes[16..]) != bytes.Length
            || BinaryPrimitives.ReadUInt32LittleEndian(bytes[24..]) != IndexFormat.Checksum(bytes[IndexFormat.HeaderBytes..])
            ? "it is damaged: length or checksum differ"
            : null;
    }

    private (int Offset, int Size) Place(IndexSection section)
    {
        var entry = Entry(section);
        return ((int)BinaryPrimitives.ReadInt64LittleEndian(entry), (int)BinaryPrimitives.ReadInt64LittleEndian(entry[8..]));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private ReadOnlySpan<byte> Entry(IndexSection section)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        return new(start + IndexFormat.HeaderBytes + (int)section * 16, 16);
    }
}
