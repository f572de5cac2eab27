using System.Runtime.InteropServices;
using Veridian.Core.Errors;

namespace Veridian.Formats.Compression;

/// <summary>Decodes one .xz stream with liblzma.</summary>
/// <remarks>Source: <c>spec/debian-bridge.md</c> DB-1. Blocks are decoded in parallel where the file has several and the library is 5.4 or newer.</remarks>
public sealed unsafe class XzStream : DecodingStream
{
    private const int MaxIdleSteps = 8;

    private readonly byte[] _input = new byte[128 << 10];
    private LzmaLibrary.LzmaStream* _native;
    private int _at;
    private int _filled;
    private int _idleSteps;
    private bool _sourceEnded;
    private bool _streamEnded;

    private XzStream(Stream source, DecompressionLimits limits, int threads)
        : base(source, limits, "xz")
    {
        // On the unmanaged heap, because the library remembers addresses between calls.
        _native = (LzmaLibrary.LzmaStream*)NativeMemory.AllocZeroed((nuint)sizeof(LzmaLibrary.LzmaStream));
        try
        {
            Start((ulong)limits.MaxMemoryBytes, threads);
        }
        catch (DllNotFoundException missing)
        {
            Free(ended: false);
            throw Refusal.MissingLibrary(LzmaLibrary.Soname, LzmaLibrary.DebianPackage, missing);
        }
    }

    /// <summary>Frees what <see cref="Stream.Dispose()"/> was not asked to.</summary>
    ~XzStream() => Free(ended: true);

    /// <summary>Starts decoding.</summary>
    /// <param name="source">Compressed bytes; read to its end, stays the caller's.</param>
    /// <param name="limits">What decoding may cost.</param>
    /// <param name="threads">1 takes the plain decoder. More are for bytes whose digest was checked before: old threaded decoders have a memory error on malformed input (CVE-2025-31115).</param>
    /// <exception cref="Core.Errors.UnavailableException">liblzma is not installed.</exception>
    public static XzStream OpenRead(Stream source, DecompressionLimits limits, int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        return new XzStream(source, limits, threads);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        Free(ended: true);
        GC.SuppressFinalize(this);
        base.Dispose(disposing);
    }

    private protected override int Decode(Span<byte> output)
    {
        ObjectDisposedException.ThrowIf(_native is null, this);
        while (!_streamEnded)
        {
            Fill();
            var produced = Step(output);
            if (produced > 0)
            {
                return produced;
            }
        }

        CheckEnd();
        return 0;
    }

    private void Start(ulong memory, int threads)
    {
        var result = threads > 1 && TryStartThreaded(memory, threads, out var started)
            ? started
            : LzmaLibrary.lzma_stream_decoder(_native, memory, LzmaLibrary.TellUnsupportedCheck);
        if (result != LzmaLibrary.Ok)
        {
            Free(ended: true);
            throw Failure(result);
        }
    }

    private bool TryStartThreaded(ulong memory, int threads, out int result)
    {
        var options = new LzmaLibrary.LzmaThreads
        {
            Flags = LzmaLibrary.TellUnsupportedCheck,
            Threads = (uint)threads,
            MemoryLimitThreading = memory,
            MemoryLimitStop = memory,
        };
        try
        {
            result = LzmaLibrary.lzma_stream_decoder_mt(_native, &options);
            return true;
        }
        catch (EntryPointNotFoundException)
        {
            result = LzmaLibrary.Ok;
            return false;
        }
    }

    private void Fill()
    {
        if (_at == _filled && !_sourceEnded)
        {
            (_at, _filled) = (0, Source.Read(_input));
            _sourceEnded = _filled == 0;
        }
    }

    private int Step(Span<byte> output)
    {
        var (available, room) = (_filled - _at, output.Length);
        int result;
        fixed (byte* from = _input, to = output)
        {
            _native->NextIn = from + _at;
            _native->AvailableIn = (nuint)available;
            _native->NextOut = to;
            _native->AvailableOut = (nuint)room;
            result = LzmaLibrary.lzma_code(_native, _sourceEnded ? LzmaLibrary.Finish : LzmaLibrary.Run);
            GC.KeepAlive(this);
        }

        var (consumed, produced) = (available - (int)_native->AvailableIn, room - (int)_native->AvailableOut);
        _at += consumed;
        _streamEnded = result == LzmaLibrary.StreamEnd;
        if (result is not (LzmaLibrary.Ok or LzmaLibrary.StreamEnd))
        {
            throw result == LzmaLibrary.BufferError && _sourceEnded ? Refused("is cut off") : Failure(result);
        }

        // The threaded decoder may come back empty-handed once, while its threads work.
        _idleSteps = consumed + produced == 0 ? _idleSteps + 1 : 0;
        if (_idleSteps > MaxIdleSteps)
        {
            throw Refused("makes no progress");
        }

        return produced;
    }

    private void CheckEnd()
    {
        Fill();
        if (_at < _filled)
        {
            throw Refused("is followed by other bytes");
        }
    }

    // Too little memory says nothing against the bytes.
    private VeridianException Failure(int result) => result == LzmaLibrary.MemoryError ? Refusal.NoMemory("xz") : Refused(Describe(result));

    private static string Describe(int result) => result switch
    {
        LzmaLibrary.MemoryLimitError => "needs more memory than is allowed",
        LzmaLibrary.FormatError => "does not begin as an .xz file",
        LzmaLibrary.UnsupportedCheck => "has a checksum of an unknown kind",
        _ => $"is corrupt (liblzma code {result})",
    };

    private void Free(bool ended)
    {
        if (_native is null)
        {
            return;
        }

        if (ended)
        {
            LzmaLibrary.lzma_end(_native);
        }

        NativeMemory.Free(_native);
        _native = null;
    }
}
