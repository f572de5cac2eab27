using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Veridian.Core.Hashing;

/// <summary>A vector that holds the same state word of several inputs.</summary>
internal unsafe interface ILanes<TSelf>
    where TSelf : unmanaged, ILanes<TSelf>
{
    /// <summary>How many inputs.</summary>
    static abstract int Count { get; }

    static abstract TSelf Broadcast(uint value);

    static abstract TSelf Load(uint* values);

    void Store(uint* values);

    /// <summary>Loads the 16 words of one block of each input, whose blocks stand <paramref name="stride"/> bytes apart, and turns them over.</summary>
    static abstract void LoadMessage(byte* blocks, nint stride, TSelf* message);

    static abstract TSelf operator +(TSelf left, TSelf right);

    static abstract TSelf operator ^(TSelf left, TSelf right);

    TSelf RotateRight16();

    TSelf RotateRight12();

    TSelf RotateRight8();

    TSelf RotateRight7();
}

/// <summary>BLAKE3's compression of several inputs of the same length at once.</summary>
internal static unsafe class Blake3Lanes<TLanes>
    where TLanes : unmanaged, ILanes<TLanes>
{
    private const int MostLanes = 16;

    /// <summary>Hashes as many inputs as there are lanes, which follow each other in memory, into as many chaining values.</summary>
    /// <param name="input">The inputs.</param>
    /// <param name="blocks">Blocks in each input: 16 for chunks, 1 for parents.</param>
    /// <param name="key">The eight words that start each input.</param>
    /// <param name="counter">The first input's counter.</param>
    /// <param name="step">What the counter grows by from input to input: 1 for chunks, 0 for parents.</param>
    /// <param name="mode">Flags of every block; chunks get their start and end in addition.</param>
    /// <param name="output">Eight words for each input.</param>
    /// <remarks>Optimised at once, because the first call may be the one that hashes a gigabyte.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Hash(byte* input, int blocks, ReadOnlySpan<uint> key, ulong counter, uint step, Blake3Flags mode, uint* output)
    {
        TLanes* m = stackalloc TLanes[16];
        TLanes* cv = stackalloc TLanes[Blake3Compression.CvWords];
        for (var i = 0; i < Blake3Compression.CvWords; i++)
        {
            cv[i] = TLanes.Broadcast(key[i]);
        }

        uint* counters = stackalloc uint[2 * MostLanes];
        for (var lane = 0; lane < TLanes.Count; lane++)
        {
            var own = counter + (ulong)lane * step;
            (counters[lane], counters[MostLanes + lane]) = ((uint)own, (uint)(own >> 32));
        }

        var (counterLow, counterHigh) = (TLanes.Load(counters), TLanes.Load(counters + MostLanes));
        var stride = (nint)blocks * Blake3Compression.BlockLength;
        ref var schedule = ref MemoryMarshal.GetReference(Blake3Compression.Schedule);
        for (var block = 0; block < blocks; block++)
        {
            TLanes.LoadMessage(input + block * Blake3Compression.BlockLength, stride, m);
            var flags = (uint)mode;
            if (blocks > 1)
            {
                flags |= block == 0 ? (uint)Blake3Flags.ChunkStart : block == blocks - 1 ? (uint)Blake3Flags.ChunkEnd : 0;
            }

            TLanes s0 = cv[0], s1 = cv[1], s2 = cv[2], s3 = cv[3], s4 = cv[4], s5 = cv[5], s6 = cv[6], s7 = cv[7];
            TLanes s8 = TLanes.Broadcast(Blake3Compression.Iv[0]), s9 = TLanes.Broadcast(Blake3Compression.Iv[1]);
            TLanes s10 = TLanes.Broadcast(Blake3Compression.Iv[2]), s11 = TLanes.Broadcast(Blake3Compression.Iv[3]);
            TLanes s12 = counterLow, s13 = counterHigh;
            TLanes s14 = TLanes.Broadcast(Blake3Compression.BlockLength), s15 = TLanes.Broadcast(flags);
            for (nint at = 0; at < 7 * 16; at += 16)
            {
                ref var word = ref Unsafe.Add(ref schedule, at);
                Mix(ref s0, ref s4, ref s8, ref s12, m[word], m[Unsafe.Add(ref word, 1)]);
                Mix(ref s1, ref s5, ref s9, ref s13, m[Unsafe.Add(ref word, 2)], m[Unsafe.Add(ref word, 3)]);
                Mix(ref s2, ref s6, ref s10, ref s14, m[Unsafe.Add(ref word, 4)], m[Unsafe.Add(ref word, 5)]);
                Mix(ref s3, ref s7, ref s11, ref s15, m[Unsafe.Add(ref word, 6)], m[Unsafe.Add(ref word, 7)]);
                Mix(ref s0, ref s5, ref s10, ref s15, m[Unsafe.Add(ref word, 8)], m[Unsafe.Add(ref word, 9)]);
                Mix(ref s1, ref s6, ref s11, ref s12, m[Unsafe.Add(ref word, 10)], m[Unsafe.Add(ref word, 11)]);
                Mix(ref s2, ref s7, ref s8, ref s13, m[Unsafe.Add(ref word, 12)], m[Unsafe.Add(ref word, 13)]);
                Mix(ref s3, ref s4, ref s9, ref s14, m[Unsafe.Add(ref word, 14)], m[Unsafe.Add(ref word, 15)]);
            }

            (cv[0], cv[1], cv[2], cv[3]) = (s0 ^ s8, s1 ^ s9, s2 ^ s10, s3 ^ s11);
            (cv[4], cv[5], cv[6], cv[7]) = (s4 ^ s12, s5 ^ s13, s6 ^ s14, s7 ^ s15);
        }

        StoreTurned(cv, output);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Mix(ref TLanes a, ref TLanes b, ref TLanes c, ref TLanes d, TLanes x, TLanes y)
    {
        a = a + b + x;
        d = (d ^ a).RotateRight16();
        c += d;
        b = (b ^ c).RotateRight12();
        a = a + b + y;
        d = (d ^ a).RotateRight8();
        c += d;
        b = (b ^ c).RotateRight7();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void StoreTurned(TLanes* cv, uint* output)
    {
        uint* words = stackalloc uint[MostLanes];
        for (var i = 0; i < Blake3Compression.CvWords; i++)
        {
            cv[i].Store(words);
            for (var lane = 0; lane < TLanes.Count; lane++)
            {
                output[lane * Blake3Compression.CvWords + i] = words[lane];
            }
        }
    }
}
