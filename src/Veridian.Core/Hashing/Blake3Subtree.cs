using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Veridian.Core.Hashing;

/// <summary>Hashes whole subtrees of BLAKE3's tree, as many inputs at once as the kernel allows.</summary>
internal static unsafe class Blake3Subtree
{
    /// <summary>The largest subtree: what is below still fits the first-level cache, and its top costs next to nothing.</summary>
    public const int MostChunks = 128;

    /// <summary>The widest kernel of this processor.</summary>
    public static Blake3Kernel Widest => Lanes16.IsSupported ? Blake3Kernel.Avx512 : Lanes8.IsSupported ? Blake3Kernel.Avx2 : Blake3Kernel.Single;

    /// <summary>Hashes a power of two, at least 2, of whole chunks down to the two chaining values at the top.</summary>
    [SkipLocalsInit]
    public static void Hash(Blake3Kernel kernel, ReadOnlySpan<byte> chunks, ReadOnlySpan<uint> key, ulong counter, Blake3Flags mode, Span<uint> top)
    {
        uint* values = stackalloc uint[MostChunks * Blake3Compression.CvWords];
        var count = chunks.Length / Blake3Compression.ChunkLength;
        fixed (byte* input = chunks)
        {
            Layer(kernel, input, count, Blake3Compression.ChunkLength / Blake3Compression.BlockLength, key, counter, mode, values);
        }

        // Two neighbouring values are their parent's block: each layer is read from and written to the same place.
        for (; count > 2; count /= 2)
        {
            Layer(kernel, (byte*)values, count / 2, 1, key, 0, mode | Blake3Flags.Parent, values);
        }

        new ReadOnlySpan<uint>(values, 2 * Blake3Compression.CvWords).CopyTo(top);
    }

    private static void Layer(Blake3Kernel kernel, byte* input, int count, int blocks, ReadOnlySpan<uint> key, ulong counter, Blake3Flags mode, uint* output)
    {
        var step = blocks > 1 ? 1u : 0u;
        while (count > 0)
        {
            var done = 1;
            if (kernel >= Blake3Kernel.Avx512 && count >= Lanes16.Count)
            {
                Blake3Lanes<Lanes16>.Hash(input, blocks, key, counter, step, mode, output);
                done = Lanes16.Count;
            }
            else if (kernel >= Blake3Kernel.Avx2 && count >= Lanes8.Count)
            {
                Blake3Lanes<Lanes8>.Hash(input, blocks, key, counter, step, mode, output);
                done = Lanes8.Count;
            }
            else
            {
                One(input, blocks, key, counter, mode, output);
            }

            count -= done;
            counter += (uint)done * step;
            input += (nint)done * blocks * Blake3Compression.BlockLength;
            output += done * Blake3Compression.CvWords;
        }
    }

    private static void One(byte* input, int blocks, ReadOnlySpan<uint> key, ulong counter, Blake3Flags mode, uint* output)
    {
        Span<uint> cv = stackalloc uint[Blake3Compression.CvWords];
        key.CopyTo(cv);
        for (var block = 0; block < blocks; block++)
        {
            var flags = mode;
            if (blocks > 1)
            {
                flags |= block == 0 ? Blake3Flags.ChunkStart : block == blocks - 1 ? Blake3Flags.ChunkEnd : 0;
            }

            var bytes = MemoryMarshal.CreateReadOnlySpan(ref input[block * Blake3Compression.BlockLength], Blake3Compression.BlockLength);
            Blake3Compression.Compress(cv, bytes, counter, Blake3Compression.BlockLength, flags, cv);
        }

        cv.CopyTo(new Span<uint>(output, Blake3Compression.CvWords));
    }
}
