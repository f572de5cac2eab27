using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Veridian.Build.Sandbox;

/// <summary>A kernel filter under which changing the owner of a file, or becoming another account, does nothing and succeeds.</summary>
/// <remarks>
/// Source: <c>spec/sandbox.md</c> B-10. In a namespace with one user the kernel refuses every other owner, while scripts written
/// for root stop at the first refusal; owners are not kept in a store, so that nothing is lost.
/// </remarks>
public static class OwnershipFilter
{
    private const ushort Load = 0x20; // BPF_LD | BPF_W | BPF_ABS
    private const ushort JumpIfEqual = 0x15; // BPF_JMP | BPF_JEQ | BPF_K
    private const ushort Return = 0x06; // BPF_RET | BPF_K
    private const uint Allow = 0x7FFF_0000; // SECCOMP_RET_ALLOW
    private const uint AnswerZero = 0x0005_0000; // SECCOMP_RET_ERRNO with the number 0: the call is left out and succeeds
    private const uint NumberOffset = 0; // struct seccomp_data begins with the call's number and the architecture
    private const uint ArchitectureOffset = 4;
    private const int InstructionSize = 8;

    /// <summary>The program as the kernel takes it: instructions of eight bytes, low byte first.</summary>
    /// <param name="architecture">The machine's.</param>
    /// <returns>Null for a machine whose calls are not known here: nothing is filtered there.</returns>
    public static byte[]? For(Architecture architecture) => architecture switch
    {
        Architecture.X64 => Program(0xC000_003E, 92, 93, 94, 260, 105, 106, 113, 114, 116, 117, 119), // chown, fchown, lchown, fchownat; setuid, setgid, setre*, setgroups, setres*
        Architecture.Arm64 => Program(0xC000_00B7, 55, 54, 146, 144, 145, 143, 159, 147, 149), // fchown, fchownat; setuid, setgid, setre*, setgroups, setres*
        _ => null,
    };

    private static byte[] Program(uint architecture, params ReadOnlySpan<uint> calls)
    {
        var program = new byte[(calls.Length + 5) * InstructionSize];
        var allow = calls.Length + 3;
        Put(program, 0, Load, 0, 0, ArchitectureOffset);
        // A program of another architecture of the same machine has other numbers: it is let through.
        Put(program, 1, JumpIfEqual, 0, (byte)(allow - 2), architecture);
        Put(program, 2, Load, 0, 0, NumberOffset);
        for (var i = 0; i < calls.Length; i++)
        {
            Put(program, i + 3, JumpIfEqual, (byte)(allow - (i + 3)), 0, calls[i]);
        }

        Put(program, allow, Return, 0, 0, Allow);
        Put(program, allow + 1, Return, 0, 0, AnswerZero);
        return program;
    }

    private static void Put(byte[] program, int index, ushort code, byte ifTrue, byte ifFalse, uint value)
    {
        var at = program.AsSpan(index * InstructionSize, InstructionSize);
        BinaryPrimitives.WriteUInt16LittleEndian(at, code);
        at[2] = ifTrue;
        at[3] = ifFalse;
        BinaryPrimitives.WriteUInt32LittleEndian(at[4..], value);
    }
}
