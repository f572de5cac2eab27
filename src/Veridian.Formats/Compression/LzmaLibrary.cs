using System.Runtime.InteropServices;

namespace Veridian.Formats.Compression;

/// <summary>The door to liblzma: the calls and structures that decoding needs, as the 64-bit ABI of version 5 lays them out.</summary>
internal static unsafe partial class LzmaLibrary
{
    internal const string Soname = "liblzma.so.5";
    internal const string DebianPackage = "liblzma5";

    internal const int Ok = 0;
    internal const int StreamEnd = 1;
    internal const int UnsupportedCheck = 3;
    internal const int MemoryError = 5;
    internal const int MemoryLimitError = 6;
    internal const int FormatError = 7;
    internal const int BufferError = 10;

    internal const int Run = 0;
    internal const int Finish = 3;

    internal const uint TellUnsupportedCheck = 0x02;

    [LibraryImport(Soname)]
    internal static partial int lzma_stream_decoder(LzmaStream* stream, ulong memoryLimit, uint flags);

    [LibraryImport(Soname)]
    internal static partial int lzma_stream_decoder_mt(LzmaStream* stream, LzmaThreads* options);

    [LibraryImport(Soname)]
    internal static partial int lzma_code(LzmaStream* stream, int action);

    [LibraryImport(Soname)]
    internal static partial void lzma_end(LzmaStream* stream);

    /// <summary><c>lzma_stream</c>, 136 bytes.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 136)]
    internal struct LzmaStream
    {
        public byte* NextIn;
        public nuint AvailableIn;
        public ulong TotalIn;
        public byte* NextOut;
        public nuint AvailableOut;
        public ulong TotalOut;
    }

    /// <summary><c>lzma_mt</c>, 128 bytes.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 128)]
    internal struct LzmaThreads
    {
        [FieldOffset(0)]
        public uint Flags;

        [FieldOffset(4)]
        public uint Threads;

        /// <summary>In bytes; above it the decoder goes on with one thread.</summary>
        [FieldOffset(64)]
        public ulong MemoryLimitThreading;

        /// <summary>In bytes; above it the decoder stops.</summary>
        [FieldOffset(72)]
        public ulong MemoryLimitStop;
    }
}
