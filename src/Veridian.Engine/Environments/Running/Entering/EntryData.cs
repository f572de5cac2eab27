using System.Buffers.Binary;
using System.Text;

namespace Veridian.Engine.Environments.Running.Entering;

/// <summary>The writable memory that an entry program begins with: texts, cells, tables; everything is known by its address.</summary>
internal sealed class EntryData(int origin)
{
    private readonly List<byte> _bytes = [];
    private readonly Dictionary<string, int> _texts = new(StringComparer.Ordinal);

    /// <summary>The address of the next byte.</summary>
    public int Next => origin + _bytes.Count;

    /// <summary>Puts a text with a NUL behind it; equal texts share one place, so nobody may write to it.</summary>
    public int Text(string text)
    {
        if (!_texts.TryGetValue(text, out var address))
        {
            _texts[text] = address = Bytes([.. Encoding.UTF8.GetBytes(text), 0]);
        }

        return address;
    }

    /// <summary>Puts bytes of their own.</summary>
    public int Bytes(ReadOnlySpan<byte> bytes)
    {
        var address = Next;
        _bytes.AddRange(bytes);
        return address;
    }

    /// <summary>Puts numbers of 8 bytes each.</summary>
    public int Numbers(params ReadOnlySpan<long> numbers)
    {
        while (_bytes.Count % 8 != 0)
        {
            _bytes.Add(0);
        }

        var address = Next;
        Span<byte> bytes = stackalloc byte[8];
        foreach (var number in numbers)
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
            _bytes.AddRange(bytes);
        }

        return address;
    }

    /// <summary>Writes a number over another one.</summary>
    public void Put(int address, long number)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
        for (var i = 0; i < bytes.Length; i++)
        {
            _bytes[address - origin + i] = bytes[i];
        }
    }

    public byte[] ToBytes() => [.. _bytes];
}
