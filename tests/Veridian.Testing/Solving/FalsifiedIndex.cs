using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Veridian.Testing.Solving;

/// <summary>An index that hides something from the search and not from the check, so that answers are wrong.</summary>
public static class FalsifiedIndex
{
    private const int Table = 32;
    private const int HitStart = 32;
    private const int HitSet = 33;

    /// <summary>Universe in which the answer to <c>x, y</c> is wrong then, as names with what each needs and conflicts with.</summary>
    public static IReadOnlyList<(string Name, string Depends, string Conflicts)> Packages { get; } =
        [("x", "a | z", ""), ("y", "m | z", ""), ("m", "b | c", ""), ("a", "", "b"), ("b", "", ""), ("c", "", ""), ("z", "", "")];

    /// <summary>A copy that knows of no version which others conflict with it: the search misses conflicts that are stated by the other side alone.</summary>
    public static byte[] WithoutHits(ReadOnlySpan<byte> index)
    {
        var bytes = index.ToArray();
        var starts = bytes.AsSpan(Table + HitStart * 16);
        bytes.AsSpan((int)BinaryPrimitives.ReadInt64LittleEndian(starts), (int)BinaryPrimitives.ReadInt64LittleEndian(starts[8..])).Clear();
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(Table + HitSet * 16 + 8), 0);
        var checksum = uint.MaxValue;
        foreach (var word in MemoryMarshal.Cast<byte, ulong>(bytes.AsSpan(Table)))
        {
            checksum = BitOperations.Crc32C(checksum, word);
        }

        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(24), ~checksum);
        return bytes;
    }
}
