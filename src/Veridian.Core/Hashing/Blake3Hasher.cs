using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;

namespace Veridian.Core.Hashing;

/// <summary>BLAKE3 over bytes that come in pieces. Reusable after <see cref="Reset"/>; not for several threads at once.</summary>
/// <remarks>Source: <c>spec/names.md</c> N-6 and the BLAKE3 paper. Allocates only when it is made. Little-endian machines only, as the platform is.</remarks>
public sealed class Blake3Hasher
{
    private const int MostLevels = 54;

    private readonly Blake3Kernel _kernel;
    private readonly Blake3Flags _mode;
    private readonly uint[] _key = new uint[Blake3Compression.CvWords];
    private readonly uint[] _stack = new uint[(MostLevels + 1) * Blake3Compression.CvWords];
    private readonly uint[] _chunkCv = new uint[Blake3Compression.CvWords];
    private readonly byte[] _block = new byte[Blake3Compression.BlockLength];
    private int _stackLength;
    private int _blockLength;
    private int _blocksDone;
    private ulong _chunk;

    private Blake3Hasher(ReadOnlySpan<uint> key, Blake3Flags mode, Blake3Kernel? kernel)
    {
        (_mode, _kernel) = (mode, (Blake3Kernel)Math.Min((int)(kernel ?? Blake3Kernel.Avx512), (int)Blake3Subtree.Widest));
        key.CopyTo(_key);
        key.CopyTo(_chunkCv);
    }

    /// <summary>A hasher for plain digests. Uses the kernel given, as far as the processor has it, else the widest one.</summary>
    public static Blake3Hasher New(Blake3Kernel? kernel = null) => new(Blake3Compression.Iv, Blake3Flags.None, kernel);

    /// <summary>A hasher for digests under a key of exactly 32 bytes.</summary>
    /// <exception cref="ArgumentException">The key has another length.</exception>
    public static Blake3Hasher Keyed(ReadOnlySpan<byte> key, Blake3Kernel? kernel = null)
    {
        if (key.Length != Blake3Digest.Length)
        {
            throw new ArgumentException("A key has 32 bytes.", nameof(key));
        }

        return new(Words(key, stackalloc uint[Blake3Compression.CvWords]), Blake3Flags.KeyedHash, kernel);
    }

    /// <summary>A hasher whose output is a key derived from what it is fed, for the one use that the context names.</summary>
    public static Blake3Hasher DeriveKey(string context, Blake3Kernel? kernel = null)
    {
        var hasher = new Blake3Hasher(Blake3Compression.Iv, Blake3Flags.DeriveKeyContext, kernel);
        hasher.Update(Encoding.UTF8.GetBytes(context));
        var key = Words(hasher.Finish().Span, stackalloc uint[Blake3Compression.CvWords]);
        return new(key, Blake3Flags.DeriveKeyMaterial, kernel);
    }

    /// <summary>Takes in more bytes. Does not allocate.</summary>
    public void Update(ReadOnlySpan<byte> bytes)
    {
        if (ChunkLength > 0)
        {
            var rest = Math.Min(bytes.Length, Blake3Compression.ChunkLength - ChunkLength);
            UpdateChunk(bytes[..rest]);
            bytes = bytes[rest..];
        }

        // The last chunk is never closed before more bytes come: it may be the root.
        while (bytes.Length > 0)
        {
            if (ChunkLength == Blake3Compression.ChunkLength)
            {
                CloseChunk();
            }

            var subtree = _kernel != Blake3Kernel.Single ? SubtreeAt(bytes.Length) : 1;
            if (subtree > 1)
            {
                UpdateSubtree(bytes[..(subtree * Blake3Compression.ChunkLength)], subtree);
                bytes = bytes[(subtree * Blake3Compression.ChunkLength)..];
            }
            else
            {
                Merge(_chunk);
                var length = Math.Min(bytes.Length, Blake3Compression.ChunkLength);
                UpdateChunk(bytes[..length]);
                bytes = bytes[length..];
            }
        }
    }

    /// <summary>The digest of all bytes so far. More may follow.</summary>
    public Blake3Digest Finish()
    {
        Span<byte> digest = stackalloc byte[Blake3Digest.Length];
        Finish(digest);
        return new Blake3Digest(digest);
    }

    /// <summary>As many bytes of output as the span holds; a shorter output is the beginning of a longer one.</summary>
    public void Finish(Span<byte> output)
    {
        Span<uint> cv = stackalloc uint[Blake3Compression.CvWords];
        Span<byte> block = stackalloc byte[Blake3Compression.BlockLength];
        var (length, flags, counter, level) = (_blockLength, ChunkFlags(last: true), _chunk, _stackLength);
        if (ChunkLength == 0 && level > 0)
        {
            // A subtree ended just here: its last two values wait for their parent.
            level -= 2;
            MemoryMarshal.AsBytes(_stack.AsSpan(level * Blake3Compression.CvWords, 2 * Blake3Compression.CvWords)).CopyTo(block);
            _key.CopyTo(cv);
            (length, flags, counter) = (Blake3Compression.BlockLength, _mode | Blake3Flags.Parent, 0);
        }
        else
        {
            _chunkCv.CopyTo(cv);
            _block.AsSpan(0, _blockLength).CopyTo(block);
        }

        while (level > 0)
        {
            level--;
            Blake3Compression.Compress(cv, block, counter, length, flags, cv);
            MemoryMarshal.AsBytes(_stack.AsSpan(level * Blake3Compression.CvWords, Blake3Compression.CvWords)).CopyTo(block);
            MemoryMarshal.AsBytes(cv).CopyTo(block[Blake3Digest.Length..]);
            _key.CopyTo(cv);
            (length, flags, counter) = (Blake3Compression.BlockLength, _mode | Blake3Flags.Parent, 0);
        }

        WriteRoot(cv, block, length, flags | Blake3Flags.Root, output);
    }

    /// <summary>Forgets all bytes; key and mode stay.</summary>
    public void Reset()
    {
        (_stackLength, _chunk) = (0, 0);
        StartChunk();
    }

    private int ChunkLength => _blocksDone * Blake3Compression.BlockLength + _blockLength;

    private static ReadOnlySpan<uint> Words(ReadOnlySpan<byte> bytes, Span<uint> words)
    {
        bytes.CopyTo(MemoryMarshal.AsBytes(words));
        return words;
    }

    private static void WriteRoot(ReadOnlySpan<uint> cv, ReadOnlySpan<byte> block, int length, Blake3Flags flags, Span<byte> output)
    {
        Span<uint> words = stackalloc uint[16];
        for (ulong counter = 0; !output.IsEmpty; counter++)
        {
            Blake3Compression.Compress(cv, block, counter, length, flags, words);
            var bytes = MemoryMarshal.AsBytes(words);
            var taken = Math.Min(bytes.Length, output.Length);
            bytes[..taken].CopyTo(output);
            output = output[taken..];
        }
    }

    private Blake3Flags ChunkFlags(bool last) =>
        _mode | (_blocksDone == 0 ? Blake3Flags.ChunkStart : 0) | (last ? Blake3Flags.ChunkEnd : 0);

    private void StartChunk()
    {
        (_blocksDone, _blockLength) = (0, 0);
        _key.CopyTo(_chunkCv, 0);
    }

    private void UpdateChunk(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (_blockLength == Blake3Compression.BlockLength)
            {
                Blake3Compression.Compress(_chunkCv, _block, _chunk, _blockLength, ChunkFlags(last: false), _chunkCv);
                (_blocksDone, _blockLength) = (_blocksDone + 1, 0);
            }

            var taken = Math.Min(bytes.Length, Blake3Compression.BlockLength - _blockLength);
            bytes[..taken].CopyTo(_block.AsSpan(_blockLength));
            _blockLength += taken;
            bytes = bytes[taken..];
        }
    }

    private void CloseChunk()
    {
        Span<uint> cv = stackalloc uint[Blake3Compression.CvWords];
        Blake3Compression.Compress(_chunkCv, _block, _chunk, _blockLength, ChunkFlags(last: true), cv);
        Push(cv, _chunk);
        _chunk++;
        StartChunk();
    }

    /// <summary>How many whole chunks, a power of two, may be hashed at once here; 1 when it is not worth it.</summary>
    private int SubtreeAt(int length)
    {
        var fitting = BitOperations.RoundUpToPowerOf2((uint)(length / Blake3Compression.ChunkLength) + 1) / 2;
        if (fitting < Lanes8.Count)
        {
            return 1;
        }

        var aligned = _chunk == 0 ? Blake3Subtree.MostChunks : Math.Min(Blake3Subtree.MostChunks, 1 << Math.Min(30, BitOperations.TrailingZeroCount(_chunk)));
        return Math.Min((int)fitting, aligned);
    }

    private void UpdateSubtree(ReadOnlySpan<byte> bytes, int chunks)
    {
        Span<uint> top = stackalloc uint[2 * Blake3Compression.CvWords];
        Blake3Subtree.Hash(_kernel, bytes, _key, _chunk, _mode, top);
        Push(top[..Blake3Compression.CvWords], _chunk);
        Push(top[Blake3Compression.CvWords..], _chunk + (ulong)chunks / 2);
        _chunk += (ulong)chunks;
    }

    /// <summary>Lays a value on the stack that has this many chunks before its first.</summary>
    private void Push(ReadOnlySpan<uint> cv, ulong chunksBefore)
    {
        Merge(chunksBefore);
        cv.CopyTo(_stack.AsSpan(_stackLength * Blake3Compression.CvWords));
        _stackLength++;
    }

    /// <summary>Merges what is complete once more bytes follow the chunks so far; before that the newest two may be the root's.</summary>
    private void Merge(ulong chunks)
    {
        while (_stackLength > BitOperations.PopCount(chunks))
        {
            _stackLength--;
            var pair = _stack.AsSpan((_stackLength - 1) * Blake3Compression.CvWords, 2 * Blake3Compression.CvWords);
            Blake3Compression.Compress(_key, MemoryMarshal.AsBytes(pair), 0, Blake3Compression.BlockLength, _mode | Blake3Flags.Parent, pair[..Blake3Compression.CvWords]);
        }
    }
}
