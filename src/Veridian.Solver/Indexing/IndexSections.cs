using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Veridian.Core.Errors;

namespace Veridian.Solver.Indexing;

/// <summary>Gathers the columns and writes the file around them (I-1 to I-3).</summary>
internal sealed class IndexSections
{
    private readonly byte[][] columns = new byte[IndexFormat.SectionCount][];

    public void Add<T>(IndexSection section, ReadOnlySpan<T> column)
        where T : unmanaged => columns[(int)section] = MemoryMarshal.AsBytes(column).ToArray();

    public void Add<T>(IndexSection section, T[] column)
        where T : unmanaged => Add<T>(section, column.AsSpan());

    /// <summary>Adds lists as one column of starts, one longer than there are lists, and one of items. A null list is empty.</summary>
    public void Add(IndexSection starts, IndexSection items, IReadOnlyList<IReadOnlyList<int>?> lists)
    {
        var startColumn = new int[lists.Count + 1];
        var itemColumn = new List<int>();
        for (var i = 0; i < lists.Count; i++)
        {
            itemColumn.AddRange(lists[i] ?? []);
            startColumn[i + 1] = itemColumn.Count;
        }

        Add(starts, startColumn);
        Add<int>(items, CollectionsMarshal.AsSpan(itemColumn));
    }

    public void Write(Stream to)
    {
        long length = IndexFormat.BodyStart;
        foreach (var column in columns)
        {
            length += Padded(column.Length);
        }

        if (length > IndexFormat.MaxBytes)
        {
            throw new InvalidInputException(ErrorCodes.MetadataMalformed, $"The package index would take {length} bytes; 1 GiB is the limit.", "Use fewer repositories.");
        }

        var file = new byte[length];
        Fill(file);
        to.Write(file);
    }

    private void Fill(Span<byte> file)
    {
        IndexFormat.Magic.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file[8..], IndexFormat.FormatVersion);
        BinaryPrimitives.WriteInt32LittleEndian(file[12..], IndexFormat.SectionCount);
        BinaryPrimitives.WriteInt64LittleEndian(file[16..], file.Length);
        var offset = IndexFormat.BodyStart;
        for (var section = 0; section < columns.Length; section++)
        {
            var entry = file[(IndexFormat.HeaderBytes + section * 16)..];
            BinaryPrimitives.WriteInt64LittleEndian(entry, offset);
            BinaryPrimitives.WriteInt64LittleEndian(entry[8..], columns[section].Length);
            columns[section].CopyTo(file[offset..]);
            offset += Padded(columns[section].Length);
        }

        BinaryPrimitives.WriteUInt32LittleEndian(file[24..], IndexFormat.Checksum(file[IndexFormat.HeaderBytes..]));
    }

    private static int Padded(int length) => (length + 7) & ~7;
}
