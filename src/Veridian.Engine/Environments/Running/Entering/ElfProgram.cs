using System.Buffers.Binary;

namespace Veridian.Engine.Environments.Running.Entering;

/// <summary>A static ELF program for x86-64 of two parts: code that is read and executed, data that is read and written.</summary>
internal static class ElfProgram
{
    /// <summary>The address of the first instruction.</summary>
    public const int CodeAddress = 0x400000 + HeaderBytes;

    private const int Page = 0x1000;
    private const int HeaderBytes = 64 + (3 * 56);
    private const int DataBase = 0x800000;
    private const int Readable = 4;
    private const int Writable = 2;
    private const int Executable = 1;

    /// <summary>The address of the first byte of data, in a program with so many bytes of code: on a page of its own, at the same place of the page as in the file.</summary>
    public const int DataAddress = DataBase;

    /// <summary>The file.</summary>
    public static byte[] Write(ReadOnlySpan<byte> code, ReadOnlySpan<byte> data)
    {
        var dataOffset = (HeaderBytes + code.Length + Page - 1) / Page * Page;
        var file = new byte[dataOffset + data.Length];
        ReadOnlySpan<byte> magic = [0x7F, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1];
        magic.CopyTo(file);
        Half(16, 2); // an executable
        Half(18, 62); // for x86-64
        Int(20, 1);
        Long(24, CodeAddress);
        Long(32, 64); // its program headers
        Half(52, 64);
        Half(54, 56);
        Half(56, 3);
        Segment(0, type: 1, Readable | Executable, 0, CodeAddress - HeaderBytes, HeaderBytes + code.Length);
        Segment(1, type: 1, Readable | Writable, dataOffset, DataAddress, data.Length);
        Segment(2, type: 0x6474E551, Readable | Writable, 0, 0, 0); // a stack that is not executable
        code.CopyTo(file.AsSpan(HeaderBytes));
        data.CopyTo(file.AsSpan(dataOffset));
        return file;

        void Segment(int number, int type, int access, long offset, long address, long bytes)
        {
            var at = 64 + (number * 56);
            Int(at, type);
            Int(at + 4, access);
            Long(at + 8, offset);
            Long(at + 16, address);
            Long(at + 24, address);
            Long(at + 32, bytes);
            Long(at + 40, bytes);
            Long(at + 48, Page);
        }

        void Half(int at, short value) => BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(at), value);
        void Int(int at, int value) => BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(at), value);
        void Long(int at, long value) => BinaryPrimitives.WriteInt64LittleEndian(file.AsSpan(at), value);
    }
}
