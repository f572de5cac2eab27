using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Veridian.Core.Hashing;

/// <summary>What a block is to the compression function.</summary>
[Flags]
internal enum Blake3Flags
{
    None = 0,
    ChunkStart = 1,
    ChunkEnd = 2,
    Parent = 4,
    Root = 8,
    KeyedHash = 16,
    DeriveKeyContext = 32,
    DeriveKeyMaterial = 64,
}

/// <summary>BLAKE3's compression function, one block at a time.</summary>
/// <remarks>Source: the BLAKE3 paper, section 2.2 and 2.3.</remarks>
internal static class Blake3Compression
{
    public const int BlockLength = 64;
    public const int ChunkLength = 1024;

    /// <summary>Words of a chaining value.</summary>
    public const int CvWords = 8;

    public static ReadOnlySpan<uint> Iv =>
        [0x6A09E667, 0xBB67AE85, 0x3C6EF372, 0xA54FF53A, 0x510E527F, 0x9B05688C, 0x1F83D9AB, 0x5BE0CD19];

    /// <summary>Which message word each of the sixteen places of each of the seven rounds takes.</summary>
    public static ReadOnlySpan<byte> Schedule =>
    [
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
        2, 6, 3, 10, 7, 0, 4, 13, 1, 11, 12, 5, 9, 14, 15, 8,
        3, 4, 10, 12, 13, 2, 7, 14, 6, 5, 9, 0, 11, 15, 8, 1,
        10, 7, 12, 9, 14, 3, 13, 15, 4, 0, 11, 2, 5, 8, 1, 6,
        12, 13, 9, 11, 15, 10, 14, 8, 7, 2, 5, 3, 0, 1, 6, 4,
        9, 14, 11, 5, 8, 12, 15, 1, 13, 3, 0, 10, 2, 6, 4, 7,
        11, 15, 5, 0, 1, 9, 8, 6, 14, 10, 2, 12, 3, 4, 7, 13,
    ];

    /// <summary>Compresses one block; <paramref name="output"/> takes the first 8 words (a chaining value) or all 16.</summary>
    /// <remarks>Optimised at once: a cold process hashes small files before the runtime would get to it.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Compress(ReadOnlySpan<uint> cv, ReadOnlySpan<byte> block, ulong counter, int length, Blake3Flags flags, Span<uint> output)
    {
        Span<uint> m = stackalloc uint[16];
        for (var i = 0; i < 16; i++)
        {
            m[i] = BinaryPrimitives.ReadUInt32LittleEndian(block[(4 * i)..]);
        }

        uint s0 = cv[0], s1 = cv[1], s2 = cv[2], s3 = cv[3], s4 = cv[4], s5 = cv[5], s6 = cv[6], s7 = cv[7];
        uint s8 = Iv[0], s9 = Iv[1], s10 = Iv[2], s11 = Iv[3];
        uint s12 = (uint)counter, s13 = (uint)(counter >> 32), s14 = (uint)length, s15 = (uint)flags;
        for (var schedule = Schedule; !schedule.IsEmpty; schedule = schedule[16..])
        {
            Mix(ref s0, ref s4, ref s8, ref s12, m[schedule[0]], m[schedule[1]]);
            Mix(ref s1, ref s5, ref s9, ref s13, m[schedule[2]], m[schedule[3]]);
            Mix(ref s2, ref s6, ref s10, ref s14, m[schedule[4]], m[schedule[5]]);
            Mix(ref s3, ref s7, ref s11, ref s15, m[schedule[6]], m[schedule[7]]);
            Mix(ref s0, ref s5, ref s10, ref s15, m[schedule[8]], m[schedule[9]]);
            Mix(ref s1, ref s6, ref s11, ref s12, m[schedule[10]], m[schedule[11]]);
            Mix(ref s2, ref s7, ref s8, ref s13, m[schedule[12]], m[schedule[13]]);
            Mix(ref s3, ref s4, ref s9, ref s14, m[schedule[14]], m[schedule[15]]);
        }

        if (output.Length == 16)
        {
            (output[8], output[9], output[10], output[11]) = (s8 ^ cv[0], s9 ^ cv[1], s10 ^ cv[2], s11 ^ cv[3]);
            (output[12], output[13], output[14], output[15]) = (s12 ^ cv[4], s13 ^ cv[5], s14 ^ cv[6], s15 ^ cv[7]);
        }

        (output[0], output[1], output[2], output[3]) = (s0 ^ s8, s1 ^ s9, s2 ^ s10, s3 ^ s11);
        (output[4], output[5], output[6], output[7]) = (s4 ^ s12, s5 ^ s13, s6 ^ s14, s7 ^ s15);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Mix(ref uint a, ref uint b, ref uint c, ref uint d, uint x, uint y)
    {
        a += b + x;
        d = BitOperations.RotateRight(d ^ a, 16);
        c += d;
        b = BitOperations.RotateRight(b ^ c, 12);
        a += b + y;
        d = BitOperations.RotateRight(d ^ a, 8);
        c += d;
        b = BitOperations.RotateRight(b ^ c, 7);
    }
}
