using System.Numerics;
using System.Runtime.InteropServices;

namespace Veridian.Solver.Indexing;

/// <summary>The fixed parts of an index file (<c>store-format/index/README.md</c> I-1 to I-3).</summary>
internal static class IndexFormat
{
    /// <summary>Bytes before the section table: magic, format version, section count, file length, checksum.</summary>
    public const int HeaderBytes = 32;

    /// <summary>Changes whenever a byte would be read differently.</summary>
    public const int FormatVersion = 2;

    /// <summary>The largest file that is opened: 1 GiB.</summary>
    public const int MaxBytes = 1 << 30;

    public const int SectionCount = (int)IndexSection.Count;

    public const int BodyStart = HeaderBytes + SectionCount * 16;

    public const byte DeadFlag = 1;

    public const byte EssentialFlag = 2;

    /// <summary>Where the version scheme stands in the flags.</summary>
    public const int SchemeShift = 2;

    public static ReadOnlySpan<byte> Magic => "vpkgidx\n"u8;

    /// <summary>CRC-32C over whole 64-bit words. Guards against torn writes and bad disks, not against malice.</summary>
    public static uint Checksum(ReadOnlySpan<byte> bytes) => ~ContinueChecksum(uint.MaxValue, bytes);

    /// <summary>The same in pieces of whole words: begin with all bits set, and turn all bits in the end.</summary>
    public static uint ContinueChecksum(uint crc, ReadOnlySpan<byte> bytes)
    {
        foreach (var word in MemoryMarshal.Cast<byte, ulong>(bytes))
        {
            crc = BitOperations.Crc32C(crc, word);
        }

        return crc;
    }
}
