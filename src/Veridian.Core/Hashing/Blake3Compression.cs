using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

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
    /// <remarks>
    /// The state's four rows are vectors, so that the four columns, then the four diagonals, are mixed at once.
    /// </remarks>
    public static unsafe void Compress(ReadOnlySpan<uint> cv, ReadOnlySpan<byte> block, ulong counter, int length, Blake3Flags flags, Span<uint> output)
    {
        var (low, high) = (Vector128.Create(cv), Vector128.Create(cv[4..]));
        Vector128<uint> a = low, b = high, c = Vector128.Create(Iv), d = Vector128.Create((uint)counter, (uint)(counter >> 32), (uint)length, (uint)flags);
        ref var schedule = ref MemoryMarshal.GetReference(Schedule);
        fixed (byte* bytes = block[..BlockLength])
        {
            var m = (uint*)bytes;
            for (nint at = 0; at < 7 * 16; at += 16)
            {
                ref var word = ref Unsafe.Add(ref schedule, at);
                Mix(ref a, ref b, ref c, ref d, EverySecond(m, ref word), EverySecond(m, ref Unsafe.Add(ref word, 1)));
                b = Vector128.Shuffle(b, Vector128.Create(1u, 2, 3, 0));
                c = Vector128.Shuffle(c, Vector128.Create(2u, 3, 0, 1));
                d = Vector128.Shuffle(d, Vector128.Create(3u, 0, 1, 2));
                Mix(ref a, ref b, ref c, ref d, EverySecond(m, ref Unsafe.Add(ref word, 8)), EverySecond(m, ref Unsafe.Add(ref word, 9)));
                b = Vector128.Shuffle(b, Vector128.Create(3u, 0, 1, 2));
                c = Vector128.Shuffle(c, Vector128.Create(2u, 3, 0, 1));
                d = Vector128.Shuffle(d, Vector128.Create(1u, 2, 3, 0));
            }
        }

        (a ^ c).CopyTo(output);
        (b ^ d).CopyTo(output[4..]);
        if (output.Length == 16)
        {
            (c ^ low).CopyTo(output[8..]);
            (d ^ high).CopyTo(output[12..]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe Vector128<uint> EverySecond(uint* message, ref byte word) =>
        Vector128.Create(message[word], message[Unsafe.Add(ref word, 2)], message[Unsafe.Add(ref word, 4)], message[Unsafe.Add(ref word, 6)]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Mix(ref Vector128<uint> a, ref Vector128<uint> b, ref Vector128<uint> c, ref Vector128<uint> d, Vector128<uint> x, Vector128<uint> y)
    {
        a += b + x;
        d = Vector128.Shuffle((d ^ a).AsByte(), Vector128.Create((byte)2, 3, 0, 1, 6, 7, 4, 5, 10, 11, 8, 9, 14, 15, 12, 13)).AsUInt32();
        c += d;
        b ^= c;
        b = (b >>> 12) | (b << 20);
        a += b + y;
        d = Vector128.Shuffle((d ^ a).AsByte(), Vector128.Create((byte)1, 2, 3, 0, 5, 6, 7, 4, 9, 10, 11, 8, 13, 14, 15, 12)).AsUInt32();
        c += d;
        b ^= c;
        b = (b >>> 7) | (b << 25);
    }
}
