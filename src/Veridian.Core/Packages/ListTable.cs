using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Veridian.Core.Errors;

namespace Veridian.Core.Packages;

/// <summary>Gives equal lists one number, in order of first appearance from 0 on, and keeps them one after the other. A text is a list of bytes.</summary>
/// <remarks>
/// Open addressing, never more than half full, hashed with what the runtime draws for every process: nobody can write lists that make
/// look-ups slow. Not thread-safe.
/// </remarks>
/// <typeparam name="T">Items that are equal when their bytes are.</typeparam>
public sealed class ListTable<T>
    where T : unmanaged
{
    private const int MaxBytes = 1 << 30;

    private readonly ulong _seed = Drawn(1);
    private readonly ulong _factor = Drawn(2) | 1;
    private T[] _items = new T[256];
    private int[] _starts = new int[64];
    private long[] _slots = new long[64]; // a hash above, a number plus one below; 0 is free

    /// <summary>How many lists there are.</summary>
    public int Count { get; private set; }

    /// <summary>The items of all lists, the first <see cref="ItemCount"/>; not to be written, and left behind by the next <see cref="Intern"/>.</summary>
    public T[] Items => _items;

    /// <summary>How many items all lists have.</summary>
    public int ItemCount => _starts[Count];

    /// <summary>Where each list starts in <see cref="Items"/>, one after the other, and then where the last one ends.</summary>
    public int[] Starts => _starts;

    /// <summary>A list by its number; valid until the next <see cref="Intern"/>.</summary>
    public ReadOnlySpan<T> this[int number] => new(_items, _starts[number], _starts[number + 1] - _starts[number]);

    /// <summary>The list's number; <see cref="Count"/> as it was before, if it is new.</summary>
    /// <exception cref="InvalidInputException">All lists together exceed 1 GiB.</exception>
    public int Intern(ReadOnlySpan<T> list)
    {
        var bytes = MemoryMarshal.AsBytes(list);
        var hash = Hash(bytes);
        var slots = _slots;
        for (var at = (int)hash & (slots.Length - 1); ; at = (at + 1) & (slots.Length - 1))
        {
            var slot = slots[at];
            if (slot == 0)
            {
                slots[at] = ((long)hash << 32) | (uint)(Count + 1);
                return Append(list);
            }

            if ((uint)(slot >> 32) == hash && MemoryMarshal.AsBytes(this[(int)slot - 1]).SequenceEqual(bytes))
            {
                return (int)slot - 1;
            }
        }
    }

    private uint Hash(ReadOnlySpan<byte> bytes)
    {
        var hash = _seed ^ (uint)bytes.Length;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
        {
            hash = (hash ^ MemoryMarshal.Read<ulong>(bytes)) * _factor;
            hash ^= hash >> 32;
        }

        var rest = 0ul;
        foreach (var b in bytes)
        {
            rest = (rest << 8) | b;
        }

        return (uint)(((hash ^ rest) * _factor) >> 32);
    }

    private int Append(ReadOnlySpan<T> list)
    {
        var start = _starts[Count];
        var end = (long)start + list.Length;
        if (end > MaxBytes / Unsafe.SizeOf<T>())
        {
            throw new InvalidInputException(ErrorCodes.MetadataMalformed, "The package index would take more than 1 GiB.", "Use fewer repositories.");
        }

        if (end > _items.Length)
        {
            Array.Resize(ref _items, (int)Math.Max(end, _items.Length * 2L));
        }

        list.CopyTo(_items.AsSpan(start));
        Count++;
        if (Count == _starts.Length)
        {
            Array.Resize(ref _starts, Count * 2);
        }

        _starts[Count] = (int)end;
        if (Count * 2 > _slots.Length)
        {
            Grow();
        }

        return Count - 1;
    }

    private void Grow()
    {
        var slots = new long[_slots.Length * 2];
        foreach (var slot in _slots)
        {
            if (slot != 0)
            {
                var at = (int)(slot >> 32) & (slots.Length - 1);
                while (slots[at] != 0)
                {
                    at = (at + 1) & (slots.Length - 1);
                }

                slots[at] = slot;
            }
        }

        _slots = slots;
    }

    private static ulong Drawn(int number) => ((ulong)(uint)HashCode.Combine(number, 1) << 32) | (uint)HashCode.Combine(number, 2);
}
