using System.Runtime.InteropServices;

namespace Veridian.Formats.Compression;

/// <summary>The door to libzstd. Contexts are opaque; a result may be an error code.</summary>
internal static unsafe partial class ZstdLibrary
{
    internal const string Soname = "libzstd.so.1";
    internal const string DebianPackage = "libzstd1";

    /// <summary><c>ZSTD_d_windowLogMax</c>.</summary>
    internal const int WindowLogMax = 100;

    /// <summary><c>ZSTD_c_compressionLevel</c>.</summary>
    internal const int CompressionLevel = 100;

    /// <summary><c>ZSTD_c_checksumFlag</c>.</summary>
    internal const int ChecksumFlag = 201;

    /// <summary><c>ZSTD_e_continue</c>.</summary>
    internal const int Continue = 0;

    /// <summary><c>ZSTD_e_end</c>.</summary>
    internal const int End = 2;

    [LibraryImport(Soname)]
    internal static partial nint ZSTD_createDCtx();

    [LibraryImport(Soname)]
    internal static partial nuint ZSTD_freeDCtx(nint context);

    [LibraryImport(Soname)]
    internal static partial nuint ZSTD_DCtx_setParameter(nint context, int parameter, int value);

    [LibraryImport(Soname)]
    internal static partial nuint ZSTD_decompressStream(nint context, ZstdBuffer* output, ZstdBuffer* input);

    [LibraryImport(Soname)]
    internal static partial nint ZSTD_createCCtx();

    [LibraryImport(Soname)]
    internal static partial nuint ZSTD_freeCCtx(nint context);

    [LibraryImport(Soname)]
    internal static partial nuint ZSTD_CCtx_setParameter(nint context, int parameter, int value);

    [LibraryImport(Soname)]
    internal static partial nuint ZSTD_compressStream2(nint context, ZstdBuffer* output, ZstdBuffer* input, int operation);

    [LibraryImport(Soname)]
    internal static partial uint ZSTD_isError(nuint code);

    [LibraryImport(Soname)]
    internal static partial nint ZSTD_getErrorName(nuint code);

    internal static string ErrorName(nuint code) => Marshal.PtrToStringUTF8(ZSTD_getErrorName(code)) ?? "unknown error";

    /// <summary><c>ZSTD_inBuffer</c> and <c>ZSTD_outBuffer</c>, which are laid out alike.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct ZstdBuffer
    {
        public byte* Start;
        public nuint Size;
        public nuint Position;
    }
}
