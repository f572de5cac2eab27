using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Veridian.Core.Errors;

namespace Veridian.Solver.Indexing;

/// <summary>Gathers the columns and writes the file around them (I-1 to I-3), without a copy of them.</summary>
internal sealed class IndexSections
{
    private const int Word = sizeof(ulong);
    private readonly Array[] columns = new Array[IndexFormat.SectionCount];
    private readonly long[] lengths = new long[IndexFormat.SectionCount];

    /// <summary>Adds a column: so many of the first items.</summary>
    public void Add<T>(IndexSection section, T[] items, int count)
        where T : unmanaged
    {
        columns[(int)section] = items;
        lengths[(int)section] = (long)count * Unsafe.SizeOf<T>();
    }

    /// <summary>Adds a column.</summary>
    public void Add<T>(IndexSection section, T[] items)
        where T : unmanaged => Add(section, items, items.Length);

    public void Add(IndexSection starts, IndexSection items, IndexLists lists)
    {
        Add(starts, lists.Starts);
        Add(items, lists.Items, lists.Count);
    }

    public void Write(Stream to)
    {
        long length = IndexFormat.BodyStart;
        foreach (var column in lengths)
        {
            length += Padded(column);
        }

        if (length > IndexFormat.MaxBytes)
        {
            throw new InvalidInputException(ErrorCodes.MetadataMalformed, $"The package index would take {length} bytes; 1 GiB is the limit.", "Use fewer repositories.");
        }

        to.Write(Head(length));
        Span<byte> padding = stackalloc byte[Word];
        padding.Clear();
        for (var section = 0; section < columns.Length; section++)
        {
            to.Write(Bytes(section));
            to.Write(padding[..(int)(Padded(lengths[section]) - lengths[section])]);
        }
    }

    private byte[] Head(long length)
    {
        var head = new byte[IndexFormat.BodyStart];
        IndexFormat.Magic.CopyTo(head);
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(8), IndexFormat.FormatVersion);
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(12), IndexFormat.SectionCount);
        BinaryPrimitives.WriteInt64LittleEndian(head.AsSpan(16), length);
        long offset = IndexFormat.BodyStart;
        for (var section = 0; section < columns.Length; section++)
        {
            var entry = head.AsSpan(IndexFormat.HeaderBytes + section * 16);
            BinaryPrimitives.WriteInt64LittleEndian(entry, offset);
            BinaryPrimitives.WriteInt64LittleEndian(entry[8..], lengths[section]);
            offset += Padded(lengths[section]);
        }

        BinaryPrimitives.WriteUInt32LittleEndian(head.AsSpan(24), Checksum(head));
        return head;
    }

    private uint Checksum(ReadOnlySpan<byte> head)
    {
        var crc = IndexFormat.ContinueChecksum(uint.MaxValue, head[IndexFormat.HeaderBytes..]);
        Span<byte> last = stackalloc byte[Word];
        for (var section = 0; section < columns.Length; section++)
        {
            var bytes = Bytes(section);
            var whole = bytes.Length & -Word;
            crc = IndexFormat.ContinueChecksum(crc, bytes[..whole]);
            if (whole < bytes.Length)
            {
                last.Clear();
                bytes[whole..].CopyTo(last);
                crc = IndexFormat.ContinueChecksum(crc, last);
            }
        }

        return ~crc;
    }

    private ReadOnlySpan<byte> Bytes(int section) =>
        MemoryMarshal.CreateReadOnlySpan(ref MemoryMarshal.GetArrayDataReference(columns[section]), (int)lengths[section]);

    private static long Padded(long length) => (length + Word - 1) & -Word;
}
