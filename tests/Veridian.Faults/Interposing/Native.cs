using System.Runtime.InteropServices;

namespace Veridian.Faults.Interposing;

/// <summary>The kernel's calls for watching another program's system calls, with the numbers of x86-64.</summary>
internal static unsafe partial class Native
{
    public const int NoNewPrivileges = 38;
    public const int SeccompCall = 317;
    public const int SetModeFilter = 1;
    public const int NewListener = 1 << 3;
    public const int WaitKillable = 1 << 5;
    public const nuint Receive = 0xC0502100;
    public const nuint Send = 0xC0182101;
    public const uint Continue = 1;
    public const short Readable = 1;
    public const short HungUp = 16;

    [LibraryImport("libc.so.6", EntryPoint = "prctl", SetLastError = true)]
    public static partial int Prctl(int option, nint a, nint b, nint c, nint d);

    [LibraryImport("libc.so.6", EntryPoint = "syscall")]
    public static partial nint Call(nint number, nint a, nint b, void* c);

    [LibraryImport("libc.so.6", EntryPoint = "ioctl", SetLastError = true)]
    public static partial int Ioctl(int descriptor, nuint request, void* argument);

    [LibraryImport("libc.so.6", EntryPoint = "poll", SetLastError = true)]
    public static partial int Poll(PollEntry* entries, nuint count, int milliseconds);

    [LibraryImport("libc.so.6", EntryPoint = "close", SetLastError = true)]
    public static partial int Close(int descriptor);

    [LibraryImport("libc.so.6", EntryPoint = "kill", SetLastError = true)]
    public static partial int Kill(int process, int signal);

    [LibraryImport("libc.so.6", EntryPoint = "process_vm_readv", SetLastError = true)]
    public static partial nint ReadMemory(int process, Span* local, nuint locals, Span* remote, nuint remotes, nuint flags);

    [StructLayout(LayoutKind.Sequential)]
    public struct PollEntry
    {
        public int Descriptor;
        public short Wanted;
        public short Happened;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct Span
    {
        public void* Start;
        public nuint Length;
    }

    /// <summary><c>struct seccomp_notif</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Notice
    {
        public ulong Id;
        public int Thread;
        public uint Flags;
        public int Call;
        public uint Architecture;
        public ulong At;
        public fixed ulong Arguments[6];
    }

    /// <summary><c>struct seccomp_notif_resp</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Answer
    {
        public ulong Id;
        public long Value;
        public int Error;
        public uint Flags;
    }

    /// <summary><c>struct sock_filter</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Instruction(ushort code, byte yes, byte no, uint value)
    {
        public ushort Code = code;
        public byte Yes = yes;
        public byte No = no;
        public uint Value = value;
    }

    /// <summary><c>struct sock_fprog</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Program
    {
        public ushort Length;
        public Instruction* Instructions;
    }
}
