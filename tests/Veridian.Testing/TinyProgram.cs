using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Veridian.Testing;

/// <summary>Static programs of a few hundred bytes, so that an environment can be run without any package of the host.</summary>
public static class TinyProgram
{
    private const int HeaderBytes = 64 + 56;
    private const long Base = 0x400000;

    /// <summary>Whether this machine runs them: they are written for one processor.</summary>
    public static bool Runs => RuntimeInformation.OSArchitecture == Architecture.X64;

    /// <summary>A program that writes a text to standard output and ends with an exit code.</summary>
    public static byte[] Make(string text, int exitCode = 0)
    {
        var message = Encoding.UTF8.GetBytes(text);
        byte[] code = [.. Code(0, message.Length, exitCode)];
        return [.. Header(HeaderBytes + code.Length + message.Length), .. Code(Base + HeaderBytes + code.Length, message.Length, exitCode), .. message];
    }

    private static IEnumerable<byte> Code(long message, int length, int exitCode) =>
    [
        0xB8, .. Word(1),            // mov eax, write
        0xBF, .. Word(1),            // mov edi, standard output
        0xBE, .. Word((int)message), // mov esi, text
        0xBA, .. Word(length),       // mov edx, length
        0x0F, 0x05,                  // syscall
        0xB8, .. Word(60),           // mov eax, exit
        0xBF, .. Word(exitCode),     // mov edi, code
        0x0F, 0x05,                  // syscall
    ];

    private static byte[] Header(long bytes)
    {
        var header = new byte[HeaderBytes];
        ReadOnlySpan<byte> magic = [0x7F, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1];
        magic.CopyTo(header);
        Half(16, 2);                        // an executable
        Half(18, 62);                       // for x86-64
        Int(20, 1);
        Long(24, Base + HeaderBytes);       // where it starts
        Long(32, 64);                       // its one program header
        Half(52, 64);
        Half(54, 56);
        Half(56, 1);
        Int(64, 1);                         // loaded
        Int(68, 5);                         // readable and executable
        Long(80, Base);
        Long(88, Base);
        Long(96, bytes);
        Long(104, bytes);
        Long(112, 0x1000);
        return header;

        void Half(int at, short value) => BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(at), value);
        void Int(int at, int value) => BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(at), value);
        void Long(int at, long value) => BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(at), value);
    }

    private static byte[] Word(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        return bytes;
    }
}
